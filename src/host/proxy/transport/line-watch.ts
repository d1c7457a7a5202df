import { networkInterfaces } from 'node:os';
import type { Clock } from '../../kube/clock.ts';

const lookEveryMs = 1_000;
/** A look that comes so much later was not held up by work: this process did not run. */
const sleptMs = 3_000;

/** Keeps no process alive. */
const quietClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

export interface LineWatchOptions {
  clock?: Clock;
  /** The addresses of this machine now, in any text that differs when they do. */
  addresses?: () => string;
}

function addressesOfMachine(): string {
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .map(({ address }) => address)
    .toSorted()
    .join(' ');
}

/**
 * Calls back when connections that are open may lead nowhere any more, without anything having ended them: this machine has slept, or has
 * another address than it had. What goes out on them then is sent into nothing for minutes, as TCP has it. Returns the function that ends it.
 */
export function watchLine(
  doubt: () => void,
  { clock = quietClock, addresses = addressesOfMachine }: LineWatchOptions = {},
): () => void {
  let looked = clock.now();
  let known = addresses();
  let cancel: () => void = () => undefined;
  const look = (): void => {
    const now = clock.now();
    const found = addresses();
    const isDoubtful = now - looked > lookEveryMs + sleptMs || found !== known;
    looked = now;
    known = found;
    cancel = clock.after(lookEveryMs, look);
    if (isDoubtful) doubt();
  };
  cancel = clock.after(lookEveryMs, look);
  return () => cancel();
}
