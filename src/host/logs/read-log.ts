import type { Buffer } from 'node:buffer';
import type { V1Pod } from '@kubernetes/client-node';
import { createEntries } from './entry.ts';
import type { Entry } from './entry.ts';
import { instanceOf } from './container-log.ts';
import type { LogRequest, LogSource } from './log-source.ts';
import { secondOf } from './position.ts';
import type { Position } from './position.ts';
import { createLineSplitter } from './split-lines.ts';

export interface ReadOptions extends Pick<LogRequest, 'follow' | 'previous' | 'tailLines' | 'sinceTime'> {
  /** Only what comes behind it. */
  after?: Position | undefined;
}

/**
 * One answer of the kubelet as entries, in batches as they come; it is read no faster than they are taken. Ends when the answer does;
 * rejects when it is refused or breaks off.
 */
export async function* readLog(
  source: LogSource,
  pod: V1Pod,
  container: string,
  { after, ...asked }: ReadOptions,
  signal: AbortSignal,
): AsyncGenerator<Entry[], void, void> {
  const { name = '', uid = '' } = pod.metadata ?? {};
  const since = asked.sinceTime ?? (after === undefined ? undefined : secondOf(after.time));
  const request = { pod: name, container, ...asked, ...(since === undefined ? {} : { sinceTime: since }) };
  const response = await source.open(request, signal);
  const restart = instanceOf(pod, container).restart - (asked.previous === true ? 1 : 0);
  const toEntry = createEntries({ pod: uid, restart: Math.max(restart, 0), after, clean: source.clean() });
  const splitter = createLineSplitter();
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const entries = splitter.push(chunk).flatMap((line) => toEntry(line) ?? []);
    if (entries.length > 0) yield entries;
  }
  const rest = splitter.end().flatMap((line) => toEntry(line) ?? []);
  if (rest.length > 0) yield rest;
}
