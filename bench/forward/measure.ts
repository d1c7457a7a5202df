import { load } from '../proxy/load.ts';
import type { Contender, Seen } from '../proxy/load.ts';
import { cpuSeconds } from '../proxy/process-cpu.ts';
import type { Figures } from './figures.ts';

const silence = 5_000;
const large = 200_000_000;

/** One round of all measures with one contender. `seconds` is how long each of them is loaded. */
export async function measure(program: string, contender: Contender, seconds: number): Promise<Figures> {
  const eight = await requests(program, contender, { connections: 8, seconds });
  const many = await requests(program, contender, { connections: 32, seconds });
  const single = await requests(program, contender, { connections: 1, seconds, fresh: true });
  const fresh = await requests(program, contender, { connections: 8, seconds, fresh: true });
  const down = await load(program, contender, { path: `/bytes/${large}`, connections: 1, seconds });
  const up = await load(program, contender, { path: '/', connections: 1, seconds, upload: large });
  const first = await load(program, contender, { path: '/', silence, times: 1 });
  return {
    'requests/s, 8 connections': eight.perSecond,
    'p99 ms, 8 connections': eight.p99,
    'CPU µs/request, 8 connections': eight.cpu,
    'requests/s, 32 connections': many.perSecond,
    'p99 ms, 32 connections': many.p99,
    'new connections/s, one at a time': single.perSecond,
    'new connection p50 ms': single.p50,
    'new connections/s, 8 at a time': fresh.perSecond,
    'CPU µs/new connection': single.cpu,
    'first request after 5 s, ms': first.P50 / 1_000,
    'MB/s down': megabytes(down),
    'MB/s up': megabytes(up),
  };
}

const megabytes = ({ Bytes, Seconds }: Seen): number => Bytes / Seconds / 1e6;

async function requests(
  program: string,
  contender: Contender,
  how: { connections: number; seconds: number; fresh?: boolean },
) {
  const before = await cpuSeconds(contender.pids);
  const seen = await load(program, contender, { path: '/', ...how });
  const used = (await cpuSeconds(contender.pids)) - before;
  return {
    perSecond: seen.Requests / seen.Seconds,
    p50: seen.P50 / 1_000,
    p99: seen.P99 / 1_000,
    cpu: (used / seen.Requests) * 1e6,
  };
}
