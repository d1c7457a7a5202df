import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { streamEvent } from '../workspaces/stream/stream-event.ts';
import type { StreamEvent } from '../workspaces/stream/stream-event.ts';
import { answerWorkspaceStream, workspaceStreamQuery } from './workspace-events.ts';
import type { FollowWorkspaces } from './workspace-events.ts';

afterEach(() => vi.useRealTimers());

const gone = (id: string): StreamEvent => streamEvent(`0.${id}`, { type: 'deleted', id });
const text = (id: string): string => `id: 0.${id}\ndata: {"type":"deleted","id":"${id}"}\n\n`;

/** What a client is sent for events that come like this. */
async function stream(follow: FollowWorkspaces, path = '/sse/workspaces', headers: Record<string, string> = {}) {
  const server = createServer((request, answer) => {
    const query = workspaceStreamQuery(request) ?? new URLSearchParams();
    answerWorkspaceStream(request, answer, query, { follow, requestId: 'r' }).catch(() => answer.destroy());
  });
  server.listen(0);
  await once(server, 'listening');
  const request = get({ port: (server.address() as AddressInfo).port, path, headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.once('close', () => server.close());
  return response;
}

/** All that comes until these words are among it. */
async function until(response: IncomingMessage, words: string): Promise<string> {
  const chunks: string[] = [];
  let last = '';
  response.setEncoding('utf8');
  for await (const chunk of response.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    chunks.push(chunk);
    last = `${last.slice(-words.length)}${chunk}`;
    if (last.includes(words)) return chunks.join('');
  }
  throw new Error(`It ended after ${chunks.join('')}`);
}

/** Has beats come until something has happened: which of them finds a socket that is full, is the system's to say. */
async function whileBeating<T>(happening: Promise<T>): Promise<T> {
  const beating = { goesOn: true };
  const happened = happening.finally(() => (beating.goesOn = false));
  while (beating.goesOn) {
    vi.advanceTimersByTime(20_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return happened;
}

async function* forever(signal: AbortSignal, ...batches: StreamEvent[][]) {
  yield* batches;
  await once(signal, 'abort');
}

test.each([
  ['/sse/workspaces', {}, undefined],
  ['/sse/workspaces?after=0.a', {}, '0.a'],
  ['/sse/workspaces?after=0.a', { 'last-event-id': '0.b' }, '0.b'],
])('%s with %j goes on from %s', async (path, headers, expected) => {
  const asked: unknown[] = [];
  const follow: FollowWorkspaces = (lastId, signal) => {
    asked.push(lastId);
    return Promise.resolve(forever(signal, [gone('a'), gone('b')]));
  };
  const response = await stream(follow, path, headers);
  expect(response.headers['content-type']).toBe('text/event-stream');
  expect(await until(response, '"b"')).toBe(`: \n\n${text('a')}${text('b')}`);
  expect(asked).toEqual([expected]);
  response.destroy();
});

test('beats while nothing happens, and never within an event that is sent in pieces', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  // More than sockets hold for one who does not read.
  const id = 'x'.repeat(16 << 20);
  const rest = Promise.withResolvers<void>();
  const response = await stream((_lastId, signal) =>
    Promise.resolve(
      (async function* () {
        yield [gone(id)];
        await rest.promise;
        yield* forever(signal, [gone('end')]);
      })(),
    ),
  );
  // Nobody has read yet: most of the event waits here.
  for (const _beat of [1, 2, 3]) vi.advanceTimersByTime(20_000);
  // Not compared by a matcher: it would print all of it.
  expect((await until(response, '"}\n\n')).startsWith(`: \n\n${text(id)}`)).toBe(true);
  expect(await whileBeating(until(response, 'ping'))).toMatch(/^(?:: ping\n\n)+$/);
  rest.resolve();
  expect((await until(response, '"end"')).replaceAll(': ping\n\n', '')).toBe(text('end'));
  response.destroy();
});

test('a client that takes nothing for more than a minute is left', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const left = Promise.withResolvers<void>();
  // More than sockets hold for one who does not read.
  const much = gone('x'.repeat(32 << 20));
  const response = await stream((_lastId, signal) => {
    signal.addEventListener('abort', () => left.resolve());
    return Promise.resolve(forever(signal, [much]));
  });
  response.on('error', () => undefined);
  await whileBeating(left.promise);
  response.destroy();
});

test('what goes wrong in the middle is told as the contract’s errors are', async () => {
  const response = await stream(() =>
    Promise.resolve(
      (async function* () {
        yield await Promise.resolve([gone('a')]);
        throw new GuildNetError('forbidden', 'Not for you.');
      })(),
    ),
  );
  expect(await until(response, 'event: error')).toMatch(
    /\n\nevent: error\ndata: \{.*"code":"forbidden".*"Not for you\."/,
  );
});

test.each([
  ['GET', '/sse/workspaces', true],
  ['GET', '/sse/workspaces?after=a', true],
  ['POST', '/sse/workspaces', false],
  ['GET', '/sse/workspaces/', false],
  ['GET', '/sse/logs', false],
])('%s %s is the stream of all workspaces: %s', (method, url, expected) => {
  expect(workspaceStreamQuery({ method, url } as IncomingMessage) !== undefined).toBe(expected);
});
