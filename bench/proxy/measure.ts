import type { Figures } from './figures.ts';
import type { Contender } from './load.ts';
import { requests, single } from './requests.ts';

/** What a process does in its first load, when its code is still being compiled. */
export type Fresh = Pick<Figures, 'requests/s, first load of a fresh process' | 'CPU µs/request, first load'>;

/** The first load of a contender, and then one of `warmSeconds` of which nothing is kept: a person's host has been running for hours. */
export async function warmUp(
  program: string,
  contender: Contender,
  { seconds, warmSeconds }: { seconds: number; warmSeconds: number },
): Promise<Fresh> {
  const { perSecond, cpu } = await requests(program, contender, { connections: 8, seconds });
  await requests(program, contender, { connections: 32, seconds: warmSeconds });
  return { 'requests/s, first load of a fresh process': perSecond, 'CPU µs/request, first load': cpu };
}

/** One round of all measures with one contender that has been warmed up. `seconds` is how long each of them is loaded. */
export async function measure(program: string, contender: Contender, seconds: number, fresh: Fresh): Promise<Figures> {
  const eight = await requests(program, contender, { connections: 8, seconds });
  const many = await requests(program, contender, { connections: 32, seconds });
  return {
    ...fresh,
    'requests/s, 8 connections': eight.perSecond,
    'p99 ms, 8 connections': eight.p99,
    'CPU µs/request, 8 connections': eight.cpu,
    'requests/s, 32 connections': many.perSecond,
    'p99 ms, 32 connections': many.p99,
    'CPU µs/request, 32 connections': many.cpu,
    ...(await single(program, contender, seconds)),
  };
}
