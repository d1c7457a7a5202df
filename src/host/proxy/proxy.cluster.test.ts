import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import WebSocket from 'ws';
import type { Server } from '#contract/server.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

const echoImage = 'guildnet.local/echo:1';
const patience = 60_000;

interface Echo {
  method: string;
  url: string;
  host: string;
  headers: Record<string, string[]>;
  bodyLength: number;
}

async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited too long for ${what}.`);
    await delay(50);
  }
}

let namespace: TestNamespace & AsyncDisposable;
let started: StartedHost;
let id: string;

async function running(workspace: string): Promise<Server> {
  return eventually(`${workspace} to run`, async () => {
    const server = (await started.ask(`/api/servers/${workspace}`)).json() as Server;
    return server.status === 'running' ? server : undefined;
  });
}

async function launch(body: object): Promise<string> {
  const accepted = (await started.ask('/api/jobs', { method: 'POST', body })).json() as { id: string };
  await running(accepted.id);
  return accepted.id;
}

const at = (path: string): string => `https://${id}.localhost${path}`;
const echo = async (target: string): Promise<Echo> => (await started.ask(target)).json() as Echo;

async function podOf(workspace: string): Promise<string> {
  const { items } = await namespace.core.listNamespacedPod({
    namespace: namespace.name,
    labelSelector: `guildnet.io/id=${workspace}`,
  });
  return items.find((pod) => pod.metadata?.deletionTimestamp === undefined)?.metadata?.name ?? '';
}

async function podLog(): Promise<string> {
  return namespace.core.readNamespacedPodLog({ namespace: namespace.name, name: await podOf(id) });
}

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  id = await launch({ image: echoImage, name: 'echo' });
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

describe('requests', () => {
  const targets = [
    '/',
    '/?',
    '//',
    '//a//b',
    '/a%2Fb%2f',
    '/%7e%E2%82%AC',
    '/a/../b/./c',
    '/%2e%2e/x',
    '/a;b=1,c',
    '/x?b=2&a=1&a=%20+&&c',
    '/x?to=10.0.0.1:80&path=/y',
    '/x??y=/z?',
    "/'()*!|^`{}",
  ];
  test.each(targets)('path and query of %s arrive byte for byte, on both forms', async (target) => {
    expect((await echo(at(target))).url).toBe(target);
    expect((await echo(`/proxy/server/${id}${target}`)).url).toBe(target);
  });

  test('method, body and headers arrive; where the client is, is told by us', async () => {
    const body = randomBytes(300_000).toString('hex');
    const answer = await started.ask(at('/post'), {
      method: 'PUT',
      body,
      headers: { 'x-own': 'value', authorization: 'Basic abc', cookie: 'a=b', 'x-forwarded-for': '6.6.6.6' },
    });
    const host = `${id}.localhost:${String(started.port)}`;
    expect(answer.json()).toMatchObject({
      method: 'PUT',
      bodyLength: body.length,
      host,
      headers: {
        'X-Own': ['value'],
        Authorization: ['Basic abc'],
        Cookie: ['a=b'],
        'X-Forwarded-For': ['127.0.0.1'],
        'X-Forwarded-Proto': ['https'],
        'X-Forwarded-Host': [host],
      },
    });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  test('credentials of the control origin stay there', async () => {
    const answer = await started.ask(`/proxy/server/${id}/x`, {
      headers: { cookie: '__Host-guildnet=1; a=b' },
    });
    // The host's own token has come as `Authorization`.
    const { headers } = answer.json() as Echo;
    expect(headers['Authorization']).toBeUndefined();
    expect(headers['Cookie']).toEqual(['a=b']);
    expect(headers['X-Forwarded-Prefix']).toEqual([`/proxy/server/${id}`]);
  });

  test('redirects and cookies are made to fit', async () => {
    const redirect = await started.ask(at('/redirect?to=http%3A%2F%2Flocalhost%3A8080%2Fa%2F%2Fb'));
    expect([redirect.status, redirect.headers.location]).toEqual([
      302,
      `https://${id}.localhost:${String(started.port)}/a//b`,
    ]);
    const inPlace = await started.ask(`/proxy/server/${id}/redirect?to=/login`);
    expect(inPlace.headers.location).toBe(`/proxy/server/${id}/login`);
    expect((await started.ask(at('/cookies'))).headers['set-cookie']).toEqual([
      'plain=1; Secure; SameSite=None; Partitioned',
      'domain=1; Path=/; Secure; SameSite=None; Partitioned',
      'path=1; HttpOnly; Path=/deep; Secure; SameSite=None; Partitioned',
      'strict=1; Secure; SameSite=None; Partitioned',
    ]);
  });

  test('a large answer arrives whole', async () => {
    const answer = await started.ask(at('/bytes/20000000'));
    expect(answer.text.length).toBe(20_000_000);
    expect(answer.headers['content-length']).toBe('20000000');
  });

  test('a slow reader slows the pod down instead of filling our memory', async () => {
    const request = httpsRequest(started.to(at('/bytes/200000000')));
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const before = process.memoryUsage().external + process.memoryUsage().arrayBuffers;
    await delay(500);
    expect(process.memoryUsage().external + process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
    response.on('error', () => undefined);
    request.destroy();
  });

  test('event streams open at once and are not held back', async () => {
    const request = httpsRequest(started.to(at('/sse?ms=300')));
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.headers['content-type']).toBe('text/event-stream');
    const seen: string[] = [];
    for await (const chunk of response) {
      seen.push(String(chunk));
      if (seen.length === 3) break;
    }
    // One event in each chunk: nobody gathered them.
    expect(seen.map((chunk) => chunk.match(/data:/g)?.length)).toEqual([1, 1, 1]);
  });

  test('a client that leaves is noticed in the pod', async () => {
    const mark = randomBytes(4).toString('hex');
    const request = httpsRequest(started.to(at(`/slow?ms=60000&mark=${mark}`)));
    request.on('error', () => undefined);
    request.end();
    await eventually('the request to arrive', async () => ((await podLog()).includes(mark) ? true : undefined));
    request.destroy();
    await eventually('the pod to notice', async () => {
      const log = await podLog();
      const number = new RegExp(`(#\\d+) GET .*${mark}`).exec(log)?.[1];
      return number !== undefined && log.includes(`${number} client left`) ? true : undefined;
    });
  });

  test('50 requests at once share a few tunnels', async () => {
    const before = started.lines.length;
    const agent = new Agent({ keepAlive: true, ca: started.ca });
    const ask = (count: number): Promise<(number | undefined)[]> =>
      Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const request = httpsRequest({ ...started.to(at(`/many?n=${String(index)}`)), agent });
          request.end();
          const [response] = (await once(request, 'response')) as [IncomingMessage];
          response.resume();
          await once(response, 'end');
          return response.statusCode;
        }),
      );
    // As many as have a turn at once: opening a tunnel may take longer than a turn lasts, and would let others open theirs.
    await ask(8);
    const answers = await ask(50);
    agent.destroy();
    expect(answers).toEqual(Array<number>(50).fill(200));
    const count = (said: string): number => started.lines.slice(before).filter((line) => line.includes(said)).length;
    expect(count('"A tunnel is opened"')).toBeGreaterThan(0);
    // One for each turn, and where the pod was slow one for each request that outlasted its turn.
    const overdue = count('"A request outlasts its turn, and the next one begins"');
    expect(count('"A tunnel is opened"')).toBeLessThanOrEqual(8 + overdue);
  });
});

describe('WebSockets', () => {
  function open(target: string, headers: Record<string, string> = {}, protocols: string[] = []): WebSocket {
    const { agent: _agent, ...where } = started.to(target);
    const options = { ...where, perMessageDeflate: false, headers: { ...where.headers, ...headers } };
    return new WebSocket(`wss://127.0.0.1:${String(started.port)}${where.path}`, protocols, options);
  }
  const next = async (socket: WebSocket): Promise<Buffer> => ((await once(socket, 'message')) as [Buffer])[0];

  test('the query of an upgrade arrives, and messages of 1 MiB go both ways', async () => {
    const target = '/ws//x?reconnectionToken=a%2Fb&skip=1&&z';
    const socket = open(at(target), { origin: `https://${id}.localhost:${String(started.port)}` }, ['one']);
    const hello = JSON.parse(String(await next(socket))) as Echo;
    expect(hello).toMatchObject({ url: target, host: `${id}.localhost:${String(started.port)}` });
    expect(socket.protocol).toBe('one');
    for (const size of [1, 125, 65_536, 1_048_576, 5_000_000]) {
      const message = randomBytes(size);
      const reply = next(socket);
      socket.send(message);
      expect((await reply).equals(message)).toBe(true);
    }
    socket.close();
    await once(socket, 'close');
  });

  test('programs may use the path form', async () => {
    const socket = open(`/proxy/server/${id}/ws?a=1`);
    expect((JSON.parse(String(await next(socket))) as Echo).url).toBe('/ws?a=1');
    socket.terminate();
  });

  test.each([
    ['another site', 'https://evil.example'],
    ['another workspace', 'https://other-12345.localhost:8080'],
    ['a sandboxed page', 'null'],
  ])('%s may not open one', async (_what, origin) => {
    const socket = open(at('/ws'), { origin });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  test('an unknown workspace is a 404', async () => {
    const [error] = (await once(open('https://nobody.localhost/ws'), 'error')) as [Error];
    expect(error.message).toContain('404');
  });
});

test('a replaced pod is found by the next request', async () => {
  const first = await podOf(id);
  const before = await echo(at('/before'));
  expect(before.url).toBe('/before');
  await namespace.core.deleteNamespacedPod({ namespace: namespace.name, name: first, gracePeriodSeconds: 0 });
  const after = await eventually('the new pod to answer', async () => {
    const answer = await started.ask(at('/after'));
    return answer.status === 200 ? (answer.json() as Echo) : undefined;
  });
  expect(after.url).toBe('/after');
  expect(await podOf(id)).not.toBe(first);
});

test('stopping the host ends its WebSockets and listeners', async () => {
  const own = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await own.reached('online');
  const { agent: _agent, ...where } = own.to(at('/ws'));
  const socket = new WebSocket(`wss://127.0.0.1:${String(own.port)}/ws`, where);
  await once(socket, 'message');
  const closed = once(socket, 'close');
  await own[Symbol.asyncDispose]();
  await closed;
  // The file's own host still listens.
  expect(process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length).toBeLessThanOrEqual(1);
});
