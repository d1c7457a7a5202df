import type { Figures } from './figures.ts';
import type { Contender } from './load.ts';
import { requests, single } from './requests.ts';

/** One round of all measures with one contender. `seconds` is how long each of them is loaded. */
export async function measure(program: string, contender: Contender, seconds: number): Promise<Figures> {
  const eight = await requests(program, contender, { connections: 8, seconds });
  const many = await requests(program, contender, { connections: 32, seconds });
  return {
    'requests/s, 8 connections': eight.perSecond,
    'p99 ms, 8 connections': eight.p99,
    'CPU µs/request, 8 connections': eight.cpu,
    'requests/s, 32 connections': many.perSecond,
    'p99 ms, 32 connections': many.p99,
    'CPU µs/request, 32 connections': many.cpu,
    ...(await single(program, contender, seconds)),
  };
}
