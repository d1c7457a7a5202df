import { median } from './launch/figures.ts';

/** What is measured, in the order of the table, and which way is good. */
export type Measures = readonly (readonly [name: string, better: 'more' | 'less'])[];
export type FiguresOf<M extends Measures> = Record<M[number][0], number>;

/** The median of each measure over the rounds. */
export function mediansOf<M extends Measures>(measures: M, rounds: readonly FiguresOf<M>[]): FiguresOf<M> {
  const name = (one: M[number]): M[number][0] => one[0];
  return Object.fromEntries(
    measures.map((one) => [one[0], median(rounds.map((round) => round[name(one)]))]),
  ) as FiguresOf<M>;
}

/**
 * How the first one stands beside another in each measure: above 1 is better than it, whichever way is good. Not finite where the
 * other one has nothing to compare with.
 */
export function standing<M extends Measures>(measures: M, first: FiguresOf<M>, other: FiguresOf<M>): FiguresOf<M> {
  return Object.fromEntries(
    measures.map(([name, better]: M[number]) => {
      const [own, theirs] = [first[name as M[number][0]], other[name as M[number][0]]];
      return [name, better === 'more' ? own / theirs : theirs / own];
    }),
  ) as FiguresOf<M>;
}

/** A row for each measure: all contenders' figures, then how the first one stands beside each of the others. */
export function rowsOf<M extends Measures>(
  measures: M,
  contenders: readonly { name: string; figures: FiguresOf<M> }[],
): string[][] {
  const [first, ...others] = contenders;
  if (first === undefined) return [];
  const standings = others.map(({ figures }) => standing(measures, first.figures, figures));
  return [
    ['', ...contenders.map(({ name }) => name), ...others.map(({ name }) => `× ${name}`)],
    ...measures.map(([name]: M[number]) => [
      name,
      ...contenders.map(({ figures }) => rounded(figures[name as M[number][0]])),
      ...standings.map((ratios) => ratios[name as M[number][0]].toFixed(2)),
    ]),
  ];
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toFixed(value >= 10 ? 1 : 2);
}
