import { median } from '../launch/figures.ts';

/** What is measured, in the order of the table; `better` says which way is good. */
export const measures = [
  ['requests/s, 8 connections', 'more'],
  ['p99 ms, 8 connections', 'less'],
  ['CPU µs/request, 8 connections', 'less'],
  ['requests/s, 32 connections', 'more'],
  ['p99 ms, 32 connections', 'less'],
  ['CPU µs/request, 32 connections', 'less'],
  ['first request after 5 s, ms', 'less'],
  ['MB/s down', 'more'],
  ['MB/s up', 'more'],
] as const satisfies readonly (readonly [string, 'more' | 'less'])[];

export type Measure = (typeof measures)[number][0];
export type Figures = Record<Measure, number>;

/** The median of each measure over the rounds. */
export function mediansOf(rounds: readonly Figures[]): Figures {
  return Object.fromEntries(measures.map(([name]) => [name, median(rounds.map((round) => round[name]))])) as Figures;
}

/**
 * How the first one stands beside another in each measure: above 1 is better than it, whichever way is good. Empty where
 * the other one has nothing to compare with.
 */
export function standing(first: Figures, other: Figures): Record<Measure, number> {
  return Object.fromEntries(
    measures.map(([name, better]) => [name, better === 'more' ? first[name] / other[name] : other[name] / first[name]]),
  ) as Record<Measure, number>;
}

/** A row for each measure: all contenders' figures, then how the first one stands beside each of the others. */
export function rowsOf(contenders: readonly { name: string; figures: Figures }[]): string[][] {
  const [first, ...others] = contenders;
  if (first === undefined) return [];
  const standings = others.map(({ figures }) => standing(first.figures, figures));
  return [
    ['', ...contenders.map(({ name }) => name), ...others.map(({ name }) => `× ${name}`)],
    ...measures.map(([name]) => [
      name,
      ...contenders.map(({ figures }) => rounded(figures[name])),
      ...standings.map((ratios) => ratios[name].toFixed(2)),
    ]),
  ];
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toFixed(value >= 10 ? 1 : 2);
}
