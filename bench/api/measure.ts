import { load } from '../proxy/load.ts';
import type { Contender, Seen } from '../proxy/load.ts';
import type { Figures, Paths } from './figures.ts';

const connections = 8;

/** The questions of `paths`, each asked for so many seconds by eight clients at once. */
export async function measure(program: string, contender: Contender, paths: Paths, seconds: number): Promise<Figures> {
  const ask = (path: string): Promise<Seen> => load(program, contender, { path, connections, seconds });
  const list = await ask(paths.list);
  const page = await ask(paths.page);
  const one = await ask(paths.one);
  return {
    'whole list, answers/s': list.Requests / list.Seconds,
    'whole list, p99 ms': list.P99 / 1_000,
    'whole list, MB/s': list.Bytes / list.Seconds / 1e6,
    'page of 100, answers/s': page.Requests / page.Seconds,
    'page of 100, p99 ms': page.P99 / 1_000,
    'one workspace, answers/s': one.Requests / one.Seconds,
    'one workspace, p99 ms': one.P99 / 1_000,
  };
}
