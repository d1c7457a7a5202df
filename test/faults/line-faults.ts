import { createRandom } from '../simulation/random.ts';
import type { Random } from '../simulation/random.ts';

/**
 * What happens between a page and its program. cut: every connection to the API server is reset; away: the API server does not answer for a while, as
 * while it is restarted; asleep: the host does not run (SIGSTOP), as in a laptop that sleeps; moved: the same for longer, and what it had open leads nowhere
 * afterwards, though nothing has ended it; api-server: the API server itself is ended in order and started again; restarted: the host is killed
 * and started again; replaced: the pod is deleted, and the next one has the same home.
 */
export const lineFaults = ['cut', 'away', 'asleep', 'moved', 'api-server', 'restarted', 'replaced'] as const;
export type LineFault = (typeof lineFaults)[number];

/** Of each fifty. What takes longest comes least often. */
const shares = {
  cut: 27,
  away: 9,
  asleep: 9,
  moved: 1,
  'api-server': 1,
  restarted: 2,
  replaced: 1,
} as const satisfies Record<LineFault, number>;

export interface PlannedFault {
  kind: LineFault;
  /** How long it lasts, in milliseconds; of what takes its own time, 0. */
  lastsMs: number;
}

function lastsMs(kind: LineFault, random: Random): number {
  switch (kind) {
    case 'away':
    case 'asleep':
      return random.between(200, 1_500);
    case 'moved':
      return random.between(5_000, 6_000);
    case 'cut':
    case 'api-server':
    case 'restarted':
    case 'replaced':
      return 0;
  }
}

/** So many faults of `kinds` in an order of the seed's; each kind as often as its share, all of them at least once from fifty on. */
export function planLineFaults(count: number, seed: number, kinds: readonly LineFault[] = lineFaults): PlannedFault[] {
  const random = createRandom(seed);
  const fifty = (Object.entries(shares) as [LineFault, number][]).flatMap(([kind, share]) =>
    kinds.includes(kind) ? Array.from({ length: share }, () => kind) : [],
  );
  const planned: PlannedFault[] = [];
  while (fifty.length > 0 && planned.length < count) {
    const left = [...fifty];
    while (left.length > 0 && planned.length < count) {
      const [kind] = left.splice(random.between(0, left.length - 1), 1);
      if (kind === undefined) break;
      planned.push({ kind, lastsMs: lastsMs(kind, random) });
    }
  }
  return planned;
}
