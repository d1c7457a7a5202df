import type { FiguresOf } from '../standings.ts';

/** What is measured of a forwarded port. */
export const measures = [
  ['requests/s, 8 connections', 'more'],
  ['p99 ms, 8 connections', 'less'],
  ['CPU µs/request, 8 connections', 'less'],
  ['requests/s, 32 connections', 'more'],
  ['p99 ms, 32 connections', 'less'],
  ['new connections/s, one at a time', 'more'],
  ['new connection p50 ms', 'less'],
  ['new connections/s, 8 at a time', 'more'],
  ['CPU µs/new connection', 'less'],
  ['first request after 5 s, ms', 'less'],
  ['MB/s down', 'more'],
  ['MB/s up', 'more'],
] as const;

export type Figures = FiguresOf<typeof measures>;
