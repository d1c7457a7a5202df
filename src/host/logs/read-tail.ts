import type { V1Pod } from '@kubernetes/client-node';
import { mostLogLines } from '#contract/logs.ts';
import type { Entry } from './entry.ts';
import type { LogSource } from './log-source.ts';
import { readLog } from './read-log.ts';

/** The text of a tail has at most this many UTF-16 code units; where lines are long, there are fewer. A hub's ring has room for it. */
const mostText = 1.5 * 1024 * 1024;

export interface TailOptions {
  lines: number;
  previous: boolean;
  /** RFC 3339, whole seconds. */
  sinceTime?: string | undefined;
}

/**
 * The last lines of a container's log. The one before them is read as well: where it bears the same time as the first of them, their
 * number at that time is not known, and more is read until it is.
 */
export async function readTail(
  source: LogSource,
  pod: V1Pod,
  container: string,
  { lines, previous, sinceTime }: TailOptions,
  signal: AbortSignal,
): Promise<Entry[]> {
  const read = await readLast(source, pod, container, { lines: lines + 1, previous, sinceTime }, signal);
  const [before, first] = read;
  const isUnsure = read.length > lines && before?.line.t === first?.line.t && lines < mostLogLines;
  const sure = isUnsure
    ? await readLast(source, pod, container, { lines: mostLogLines + 1, previous, sinceTime }, signal)
    : read;
  return lines === 0 ? sure.slice(-1) : sure.slice(-lines);
}

async function readLast(
  source: LogSource,
  pod: V1Pod,
  container: string,
  { lines, previous, sinceTime }: TailOptions,
  signal: AbortSignal,
): Promise<Entry[]> {
  const kept: Entry[] = [];
  let text = 0;
  const request = { previous, tailLines: lines, ...(sinceTime === undefined ? {} : { sinceTime }) };
  for await (const entries of readLog(source, pod, container, request, signal)) {
    for (const entry of entries) text += entry.line.msg.length;
    kept.push(...entries);
    let surplus = 0;
    while (text > mostText && surplus < kept.length) text -= kept[surplus++]?.line.msg.length ?? 0;
    kept.splice(0, surplus);
  }
  return kept;
}
