import { formatTable } from '#cli/output/table.ts';

/** All samples of a bench of the desktop, by their names; milliseconds, MiB or percent, as the name says. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** What is to be reached (the issue of the desktop), by the name of the samples. */
export const goals: Readonly<Record<string, string>> = {
  'start beyond the floor, ms': 'p95 ≤ 500',
  'memory without views, MiB PSS': '≤ 350',
  'idle, % of a core': '≤ 0.5',
  'a frame of scrolling 5,000 rows, ms': 'p95 ≤ 16',
  'click to first keystroke, cold, ms': '≤ 8000',
  'click to first keystroke, warm, ms': '≤ 1500',
};

/** The value below which this share of them lies (nearest rank). Pure; throws where there are none. */
export function rank(values: readonly number[], share: number): number {
  const found = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** A row for each: how often, the median, the 95th percentile and the goal. Pure. */
export function figuresTable(samples: Samples): string {
  const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
  const rows = Object.entries(samples).map(([name, values]) => [
    name,
    String(values.length),
    shown(rank(values, 0.5)),
    shown(rank(values, 0.95)),
    goals[name] ?? '',
  ]);
  return formatTable([['', 'times', 'p50', 'p95', 'goal'], ...rows]);
}
