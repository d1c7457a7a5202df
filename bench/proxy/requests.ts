import { load } from './load.ts';
import type { Contender, Seen } from './load.ts';
import { cpuSeconds } from './process-cpu.ts';

/** Small requests with so many connections: how many a second, latencies in ms, and CPU in µs a request. */
export async function requests(
  program: string,
  contender: Contender,
  how: { connections: number; seconds: number; fresh?: boolean },
): Promise<{ perSecond: number; p50: number; p99: number; cpu: number }> {
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

/** One connection's megabytes a second down and up, and the first request after 5 s of silence in ms. */
export async function single(
  program: string,
  contender: Contender,
  seconds: number,
): Promise<Record<'first request after 5 s, ms' | 'MB/s down' | 'MB/s up', number>> {
  const down = await load(program, contender, { path: `/bytes/${large}`, connections: 1, seconds });
  const up = await load(program, contender, { path: '/', connections: 1, seconds, upload: large });
  const first = await load(program, contender, { path: '/', silence, times: 1 });
  return {
    'first request after 5 s, ms': first.P50 / 1_000,
    'MB/s down': megabytes(down),
    'MB/s up': megabytes(up),
  };
}

const silence = 5_000;
const large = 200_000_000;

const megabytes = ({ Bytes, Seconds }: Seen): number => Bytes / Seconds / 1e6;
