import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { StartedHost } from '#test/host/started-host.ts';

export interface ReadEvent {
  id: string | undefined;
  data: unknown;
}

/** For tests: the Server-Sent Events of a path, as they come. Leaving the loop breaks the connection off. */
export async function* readEvents(
  started: Pick<StartedHost, 'to'>,
  target: string,
  lastId?: string,
): AsyncGenerator<ReadEvent, void, void> {
  const where = started.to(target);
  const headers = lastId === undefined ? where.headers : { ...where.headers, 'last-event-id': lastId };
  const request = httpsRequest({ ...where, headers });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`The stream was refused with ${String(response.statusCode)}.`);
  let rest = '';
  response.setEncoding('utf8');
  try {
    for await (const chunk of response as AsyncIterable<string>) {
      const events = `${rest}${chunk}`.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) yield { id: /^id: (.*)$/m.exec(event)?.[1], data: JSON.parse(data) as unknown };
      }
    }
  } finally {
    response.destroy();
  }
}
