import type { FiguresOf } from '../standings.ts';

/** What is measured of the proxy. */
export const measures = [
  ['requests/s, first load of a fresh process', 'more'],
  ['CPU µs/request, first load', 'less'],
  ['requests/s, 8 connections', 'more'],
  ['p99 ms, 8 connections', 'less'],
  ['CPU µs/request, 8 connections', 'less'],
  ['requests/s, 32 connections', 'more'],
  ['p99 ms, 32 connections', 'less'],
  ['CPU µs/request, 32 connections', 'less'],
  ['first request after 5 s, ms', 'less'],
  ['MB/s down', 'more'],
  ['MB/s up', 'more'],
] as const;

export type Figures = FiguresOf<typeof measures>;
