import type { FiguresOf } from '../standings.ts';

/** What is measured of a way into the tailnet. */
export const measures = [
  ['requests/s, 16 connections', 'more'],
  ['p99 ms, 16 connections', 'less'],
  ['requests/s, 1 connection', 'more'],
  ['p50 ms, 1 connection', 'less'],
  ['new connections/s, one at a time', 'more'],
  ['MB/s down', 'more'],
  ['MB/s up', 'more'],
  ['CPU ms/s while idle', 'less'],
  ['RSS MB after it', 'less'],
  ['start to Running, ms', 'less'],
] as const;

export type Figures = FiguresOf<typeof measures>;
