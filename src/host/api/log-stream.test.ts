import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { Entry } from '../logs/entry.ts';
import { answerLogStream, logStreamQuery } from './log-stream.ts';
import type { FollowLogs } from './log-stream.ts';

afterEach(() => vi.useRealTimers());

const entry = (msg: string): Entry => ({
  line: { t: '2026-11-26T08:00:00.000000001Z', lvl: 'info', msg },
  position: { pod: 'a', restart: 0, time: '2026-11-26T08:00:00.000000001Z', n: 7 },
});

/** What a client is sent for a stream that is followed like this. */
async function stream(
  follow: FollowLogs,
): Promise<{ response: IncomingMessage; until(words: string): Promise<string> }> {
  const server = createServer((request, answer) => {
    const query = logStreamQuery(request);
    answerLogStream(request, answer, query ?? new URLSearchParams(), { follow, requestId: 'r' }).catch(() =>
      answer.destroy(),
    );
  });
  server.listen(0);
  await once(server, 'listening');
  const request = get({
    port: (server.address() as AddressInfo).port,
    path: '/sse/logs?target=box&level=warn&tail=5',
    headers: { 'last-event-id': 'the last' },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.once('close', () => server.close());
  response.setEncoding('utf8');
  let text = '';
  let look = (): void => undefined;
  response.on('data', (chunk: string) => {
    text += chunk;
    look();
  });
  return {
    response,
    until: (words) =>
      new Promise((resolve) => {
        look = () => {
          if (text.includes(words)) resolve(text);
        };
        look();
      }),
  };
}

test('lines are events with an id, and after twenty seconds without any it beats', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const asked: unknown[] = [];
  const ended = Promise.withResolvers<void>();
  const { response, until } = await stream((query, lastId, signal) => {
    asked.push(query, lastId);
    return Promise.resolve(
      (async function* () {
        yield [entry('one'), { line: entry('said by the host').line }];
        await once(signal, 'abort');
        ended.resolve();
      })(),
    );
  });
  const data = (msg: string): string => `data: ${JSON.stringify(entry(msg).line)}\n\n`;
  expect(await until('said by')).toBe(
    `: \n\nid: a_0_2026-11-26T08:00:00.000000001Z_7\n${data('one')}${data('said by the host')}`,
  );
  expect(asked).toEqual([{ target: 'box', level: 'warn', tail: 5 }, 'the last']);
  expect(response.headers['content-type']).toBe('text/event-stream');
  vi.advanceTimersByTime(20_000);
  expect(await until(': ping')).toMatch(/\n\n: ping\n\n$/);
  response.destroy();
  await ended.promise;
});

test('what goes wrong in the middle is told as the contract’s errors are', async () => {
  const { response, until } = await stream(() =>
    Promise.resolve(
      (async function* () {
        yield await Promise.resolve([entry('one')]);
        throw new GuildNetError('forbidden', 'Not for you.');
      })(),
    ),
  );
  const over = once(response, 'close');
  expect(await until('event: error')).toMatch(
    /\n\nevent: error\ndata: \{.*"code":"forbidden".*"message":"Not for you\."/,
  );
  await over;
});

test.each([
  ['GET', '/sse/logs', true],
  ['GET', '/sse/logs?target=a', true],
  ['POST', '/sse/logs', false],
  ['GET', '/sse/logs/', false],
  ['GET', '/api/watch', false],
])('%s %s is a stream of a log: %s', (method, url, expected) => {
  expect(logStreamQuery({ method, url } as IncomingMessage) !== undefined).toBe(expected);
});
