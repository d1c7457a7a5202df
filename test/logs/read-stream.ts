import { logLineSchema } from '#contract/logs.ts';
import type { LogLine } from '#contract/logs.ts';
import { readEvents } from '#test/host/read-events.ts';
import type { StartedHost } from '#test/host/started-host.ts';

export interface LogEvent {
  id: string | undefined;
  line: LogLine;
}

/** For tests: the events of `/sse/logs`, as they come. Leaving the loop breaks the connection off. */
export async function* readStream(
  started: Pick<StartedHost, 'to'>,
  query: string,
  lastId?: string,
): AsyncGenerator<LogEvent, void, void> {
  for await (const { id, data } of readEvents(started, `/sse/logs?${query}`, lastId))
    yield { id, line: logLineSchema.parse(data) };
}
