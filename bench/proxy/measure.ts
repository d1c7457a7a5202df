import type { Figures } from './figures.ts';
import { load } from './load.ts';
import type { Contender } from './load.ts';
import { cpuSeconds } from './process-cpu.ts';

const silence = 5_000;
const large = 200_000_000;

/** One round of all measures with one contender. `seconds` is how long each of them is loaded. */
export async function measure(program: string, contender: Contender, seconds: number): Promise<Figures> {
  const eight = await requests(program, contender, 8, seconds);
  const many = await requests(program, contender, 32, seconds);
  const down = await load(program, contender, { path: `/bytes/${large}`, connections: 1, seconds });
  const up = await load(program, contender, { path: '/', connections: 1, seconds, upload: large });
  const first = await load(program, contender, { path: '/', silence, times: 1 });
  return {
    'requests/s, 8 connections': eight.perSecond,
    'p99 ms, 8 connections': eight.p99,
    'CPU µs/request, 8 connections': eight.cpu,
    'requests/s, 32 connections': many.perSecond,
    'p99 ms, 32 connections': many.p99,
    'CPU µs/request, 32 connections': many.cpu,
    'first request after 5 s, ms': first.P50 / 1_000,
    'MB/s down': down.Bytes / down.Seconds / 1e6,
    'MB/s up': up.Bytes / up.Seconds / 1e6,
  };
}

async function requests(program: string, contender: Contender, connections: number, seconds: number) {
  const before = await cpuSeconds(contender.pids);
  const seen = await load(program, contender, { path: '/', connections, seconds });
  const used = (await cpuSeconds(contender.pids)) - before;
  return { perSecond: seen.Requests / seen.Seconds, p99: seen.P99 / 1_000, cpu: (used / seen.Requests) * 1e6 };
}
