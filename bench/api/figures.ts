import type { FiguresOf } from '../standings.ts';

/** What is measured of lists. */
export const measures = [
  ['whole list, answers/s', 'more'],
  ['whole list, p99 ms', 'less'],
  ['whole list, MB/s', 'more'],
  ['page of 100, answers/s', 'more'],
  ['page of 100, p99 ms', 'less'],
  ['one workspace, answers/s', 'more'],
  ['one workspace, p99 ms', 'less'],
] as const;

export type Figures = FiguresOf<typeof measures>;

/** The same three questions, each in the words of one API. */
export interface Paths {
  list: string;
  page: string;
  one: string;
}
