import type { EndStep } from './decide-end.ts';
import type { LiveEnd, Seen } from './live-end.ts';

/** The objects that a step names, as they were seen. */
export interface SeenObjects {
  binding: Seen | undefined;
  accounts: ReadonlyMap<string, Seen>;
  workspaces: ReadonlyMap<string, { going: boolean; seen?: Seen }>;
}

/** Does one step of `decideEnd`. Rejects with the transport's errors; what was not done is seen at the next look. */
export async function actEnd(
  live: LiveEnd,
  step: EndStep,
  { binding, accounts, workspaces }: SeenObjects,
): Promise<void> {
  const named = (names: readonly string[]): Seen[] => names.flatMap((name) => accounts.get(name) ?? []);
  switch (step.do) {
    case 'nothing':
      return;
    case 'hold':
      // Who it is first: a binding that lasts is of no use without.
      for (const account of named(step.accounts)) await live.hold('account', account);
      if (step.binding && binding !== undefined) await live.hold('binding', binding);
      return;
    case 'release':
      await Promise.all(
        step.workspaces.map(async (name) => {
          const { going, seen } = workspaces.get(name) ?? {};
          if (seen !== undefined) await (going === true ? live.letGo(seen) : live.remove(seen));
        }),
      );
      return;
    case 'free': {
      const free = named(step.accounts).map((account) => () => live.free('account', account));
      if (step.binding && binding !== undefined) free.push(() => live.free('binding', binding));
      if (step.together) await Promise.all(free.map((one) => one()));
      else for (const one of free) await one();
    }
  }
}
