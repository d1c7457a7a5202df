import { z } from 'zod';
import { median } from '../launch/figures.ts';

/**
 * What the desktop did meanwhile. `beside` is the same load through a host in a process of its own: what it does to the window is the machine's
 * doing, and what the desktop's own host does more than it is what that process would save.
 */
export const conditions = ['quiet', 'beside', 'proxy', 'resync', 'both'] as const;
export type Condition = (typeof conditions)[number];

/** What is measured while the list scrolls, in ms, and which share of it is shown. */
export const measures = [
  ['frame, p95 ms', 'frames', 0.95],
  ['frame, p99 ms', 'frames', 0.99],
  ['wheel until answered, p95 ms', 'inputs', 0.95],
  ['main loop late, p95 ms', 'loop', 0.95],
  ['main loop late, p99 ms', 'loop', 0.99],
  ['reconcile, p50 ms', 'reconciles', 0.5],
  ['reconcile, p95 ms', 'reconciles', 0.95],
] as const;
type Measure = (typeof measures)[number][0];

/** One stretch: each figure, and what went through in bytes. */
export const stretchSchema = z.object({
  condition: z.enum(conditions),
  figures: z.record(z.string(), z.number()),
  bytes: z.number(),
  seconds: z.number(),
});
export type Stretch = z.infer<typeof stretchSchema>;

const named: Record<Condition, string> = {
  quiet: 'nothing',
  beside: '1 GB by another process',
  proxy: '1 GB',
  resync: 'resync',
  both: '1 GB and resync',
};

/** A row for each measure: the medians of the rounds, and how each stands to the quiet window and the load beside it. Pure. */
export function windowRows(stretches: readonly Stretch[]): string[][] {
  const of = (condition: Condition, measure: Measure): number =>
    median(stretches.filter((one) => one.condition === condition).map(({ figures }) => figures[measure] ?? Number.NaN));
  return [
    ['', ...conditions.map((one) => named[one]), '1 GB ÷ nothing', '1 GB ÷ by another', 'both ÷ nothing'],
    ...measures.map(([measure]) => {
      const at = (condition: Condition): number => of(condition, measure);
      const ratios = [at('proxy') / at('quiet'), at('proxy') / at('beside'), at('both') / at('quiet')];
      return [measure, ...conditions.map((one) => at(one).toFixed(1)), ...ratios.map((ratio) => ratio.toFixed(2))];
    }),
    [
      'MB/s',
      ...conditions.map((condition) => rate(stretches.filter((one) => one.condition === condition))),
      '',
      '',
      '',
    ],
  ];
}

function rate(stretches: readonly Stretch[]): string {
  const all = median(stretches.map(({ bytes, seconds }) => bytes / seconds / 1e6));
  return all === 0 ? '' : all.toFixed(0);
}
