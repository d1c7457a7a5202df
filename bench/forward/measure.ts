import type { Contender } from '../proxy/load.ts';
import { requests, single } from '../proxy/requests.ts';
import type { Figures } from './figures.ts';

/** One round of all measures with one contender. `seconds` is how long each of them is loaded. */
export async function measure(program: string, contender: Contender, seconds: number): Promise<Figures> {
  const eight = await requests(program, contender, { connections: 8, seconds });
  const many = await requests(program, contender, { connections: 32, seconds });
  const one = await requests(program, contender, { connections: 1, seconds, fresh: true });
  const fresh = await requests(program, contender, { connections: 8, seconds, fresh: true });
  return {
    'requests/s, 8 connections': eight.perSecond,
    'p99 ms, 8 connections': eight.p99,
    'CPU µs/request, 8 connections': eight.cpu,
    'requests/s, 32 connections': many.perSecond,
    'p99 ms, 32 connections': many.p99,
    'new connections/s, one at a time': one.perSecond,
    'new connection p50 ms': one.p50,
    'new connections/s, 8 at a time': fresh.perSecond,
    'CPU µs/new connection': one.cpu,
    ...(await single(program, contender, seconds)),
  };
}
