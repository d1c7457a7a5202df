import type { Clock } from '../../../kube/clock.ts';

export interface Trying<Kind, Result> {
  kinds: readonly Kind[];
  attempt(kind: Kind): Promise<Result>;
  /** Whether what went wrong leaves hope for the next kind. */
  goesOn(error: unknown): boolean;
  /** Whether it is tried only when all before it have failed, however long that takes. */
  isLast(kind: Kind): boolean;
  /** A second one got through, too, and nobody wants it. */
  discard(result: Result): void;
  /** How long this one may take before the next is tried beside it, in milliseconds; undefined: until it has failed. */
  headStartMs(kind: Kind): number | undefined;
  clock: Clock;
}

export type Tried<Kind, Result> =
  | { kind: Kind; result: Result; failures: { kind: Kind; error: unknown }[] }
  | { kind: undefined; failures: { kind: Kind; error: unknown }[] };

/**
 * The first of several kinds that gets through. Each next one is tried when those before it have failed, or the last of them has had its head start: what
 * neither grants nor refuses holds nobody up. Never rejects; without a result all that was tried has failed, or one failed for good.
 */
export function firstThrough<Kind, Result>(trying: Trying<Kind, Result>): Promise<Tried<Kind, Result>> {
  const { kinds, attempt, goesOn, isLast, discard, headStartMs, clock } = trying;
  const { promise, resolve } = Promise.withResolvers<Tried<Kind, Result>>();
  const failures: { kind: Kind; error: unknown }[] = [];
  let next = 0;
  let underway = 0;
  let settled = false;
  let cancel: () => void = () => undefined;

  const settle = (tried: Tried<Kind, Result>): void => {
    settled = true;
    cancel();
    resolve(tried);
  };
  const begin = (): void => {
    cancel();
    const index = next;
    const kind = kinds[index];
    if (settled || index >= kinds.length) {
      if (!settled && underway === 0) settle({ kind: undefined, failures });
      return;
    }
    const tried = kind as Kind;
    if (underway > 0 && isLast(tried)) return;
    next += 1;
    underway += 1;
    const head = headStartMs(tried);
    if (head !== undefined && next < kinds.length) cancel = clock.after(head, begin);
    attempt(tried).then(
      (result) => {
        if (settled) discard(result);
        else settle({ kind: tried, result, failures });
      },
      (error: unknown) => {
        underway -= 1;
        failures.push({ kind: tried, error });
        if (settled) return;
        if (!goesOn(error)) settle({ kind: undefined, failures });
        else begin();
      },
    );
  };
  begin();
  return promise;
}
