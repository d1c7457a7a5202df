import type { Forward, ForwardListener, Prepared } from './forward.ts';
import { TunnelError } from './tunnel-error.ts';

/** Of what was written so much is kept until something comes back: a request's head, and the beginning of its body. */
const keptBytes = 64 * 1024;

export interface SecondChance {
  /** Another way to the same port. Rejects when there is none. */
  prepare(): Promise<Prepared>;
  /** Bytes have come back by it: something listens there that the first way does not reach. */
  answered(): void;
}

/**
 * A prepared connection that is tried once more by another way when nothing listens where the first one leads. Nothing of it has reached a program
 * then (record 20), so that what was written is written again. Where nothing was, there is nothing to try: a look whether a port is open
 * gets its answer. When the second way fails, too, the first failure is told.
 */
export function withSecondChance(first: Prepared, chance: SecondChance): Prepared {
  return {
    halfCloses: first.halfCloses,
    discard: () => first.discard(),
    begin(listener) {
      let kept: Buffer[] | undefined = [];
      let size = 0;
      let ended = false;
      let released = false;
      let current: Forward | undefined;

      const again = async (refused: Error): Promise<void> => {
        const written = kept ?? [];
        kept = undefined;
        current = undefined;
        const second = await chance.prepare();
        if (released) return second.discard();
        let heard = false;
        const forward = second.begin({
          ...listener,
          data(bytes) {
            if (!heard) chance.answered();
            heard = true;
            return listener.data(bytes);
          },
          fail: (error) => listener.fail(heard ? error : refused),
        });
        current = forward;
        let hasRoom = true;
        for (const chunk of [...written, ...late]) hasRoom = forward.write(chunk);
        late.length = 0;
        if (ended) forward.end();
        if (hasRoom) listener.drained();
      };
      /** Written while the second way is being prepared. */
      const late: Buffer[] = [];
      const heardFirst: ForwardListener = {
        data(bytes) {
          kept = undefined;
          return listener.data(bytes);
        },
        end: () => listener.end(),
        drained: () => listener.drained(),
        fail(error) {
          const refused = error instanceof TunnelError && error.failure === 'refused';
          if (!refused || kept === undefined || kept.length === 0) return listener.fail(error);
          current?.release();
          again(error).catch(() => {
            if (!released) listener.fail(error);
          });
        },
      };
      current = first.begin(heardFirst);
      return {
        write(chunk) {
          if (current === undefined) {
            late.push(chunk);
            return false;
          }
          if (kept !== undefined) {
            size += chunk.length;
            if (size > keptBytes) kept = undefined;
            else kept.push(chunk);
          }
          return current.write(chunk);
        },
        end() {
          ended = true;
          current?.end();
        },
        fade: () => current?.fade(),
        resume: () => current?.resume(),
        release() {
          released = true;
          current?.release();
        },
      };
    },
  };
}
