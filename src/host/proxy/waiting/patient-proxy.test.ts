import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { createLog } from '../../observability/log.ts';
import { createPatientProxy } from './patient-proxy.ts';

// How workspaces come and go is put down by hand here; the requests are real.

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function notReady(phase: string): GuildNetError {
  return new GuildNetError('not_ready', `It is ${phase}.`, { remedy: 'Start it.', details: { id: 'w', phase } });
}

async function stage({
  phase,
  mayWake = true,
  idle = false,
  wakes = () => Promise.resolve(),
}: {
  phase?: string;
  mayWake?: boolean;
  idle?: boolean;
  wakes?: () => Promise<unknown>;
}) {
  let obstacle = phase === undefined ? undefined : notReady(phase);
  const listeners = new Set<() => void>();
  const timers = new Set<() => void>();
  const seen = { woken: 0, served: 0, asked: 0 };
  const proxy = createPatientProxy({
    proxy: {
      serve: async (_request, response) => {
        seen.served += 1;
        response.end('served');
      },
      upgrade: async () => undefined,
    },
    awaited: {
      obstacle: () => obstacle,
      onChange: (_id, listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      wasIdle: () => idle,
      wake: async () => {
        seen.woken += 1;
        await wakes();
        obstacle = notReady('Pending');
      },
    },
    mayWake,
    log: createLog({ level: 'silent' }),
    clock: {
      now: () => 0,
      after: (_ms, run) => {
        timers.add(run);
        return () => timers.delete(run);
      },
    },
  });
  const server = createServer((request, response) => {
    seen.asked += 1;
    const route = { kind: 'workspace', id: 'w', upstreamPath: request.url ?? '/', mode: 'origin', prefix: '' } as const;
    void proxy.serve(request, response, { ...route, ask: { kind: 'server', id: 'w' } }, 'rid');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const send = (headers: OutgoingHttpHeaders, method = 'GET') =>
    httpRequest({ port, host: '127.0.0.1', method, path: '/x', headers, agent: false }).end();
  return {
    seen,
    send,
    async ask(headers: OutgoingHttpHeaders = {}, method = 'GET') {
      const [response] = (await once(send(headers, method), 'response')) as [IncomingMessage];
      return { status: response.statusCode, headers: response.headers, text: await text(response) };
    },
    held: async (count: number) => {
      while (timers.size !== count) await new Promise((resolve) => setImmediate(resolve));
    },
    become(next: string | undefined) {
      obstacle = next === undefined ? undefined : notReady(next);
      for (const listener of [...listeners]) listener();
    },
    timeOut: () => {
      for (const run of [...timers]) run();
    },
    left: () => listeners.size + timers.size,
  };
}

const person = {
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-user': '?1',
};
const poll = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

test('what is there is served at once', async () => {
  const it = await stage({});
  expect((await it.ask()).text).toBe('served');
  expect(it.seen).toEqual({ woken: 0, served: 1, asked: 1 });
});

test('a person’s navigation wakes a stopped workspace, once for all, and is served when it is there', async () => {
  const it = await stage({ phase: 'Stopped' });
  const answers = [it.ask(person), it.ask(person)];
  await it.held(2);
  it.become('Starting');
  it.become(undefined);
  expect((await Promise.all(answers)).map((answer) => answer.text)).toEqual(['served', 'served']);
  expect(it.seen.woken).toBeLessThanOrEqual(2);
  expect(it.left()).toBe(0);
});

test('after its time it is answered with a page, and programs by JSON, each with when to come again', async () => {
  const it = await stage({ phase: 'Stopped', idle: true });
  const page = it.ask(person);
  await it.held(1);
  const program = it.ask();
  await it.held(2);
  it.timeOut();
  expect(await page).toMatchObject({
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '1' },
    text: expect.stringContaining('The workspace is starting') as string,
  });
  const answer = await program;
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'not_ready', details: { phase: 'Pending' } });
  expect(it.left()).toBe(0);
});

test('the poll of a page that was left open wakes nothing and waits for nothing', async () => {
  const it = await stage({ phase: 'Stopped', idle: true });
  const answer = await it.ask(poll);
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.text)).toMatchObject({
    details: { phase: 'Stopped', wakes: true, remedy: 'Open it again to start it.' },
  });
  expect(it.seen.woken).toBe(0);
});

test('where waking is switched off, the page says to start it', async () => {
  const it = await stage({ phase: 'Stopped', mayWake: false });
  const answer = await it.ask(person);
  expect(answer.text).toContain('Start it.');
  expect(answer.text).toContain('<p id="start" hidden>');
  expect(it.seen.woken).toBe(0);
});

test('a body waits with its request and arrives', async () => {
  const it = await stage({ phase: 'Starting' });
  const answer = it.ask({ 'content-length': '0' }, 'POST');
  await it.held(1);
  it.become(undefined);
  expect((await answer).text).toBe('served');
});

test('one that fails meanwhile is told at once', async () => {
  const it = await stage({ phase: 'Starting' });
  const answer = it.ask();
  await it.held(1);
  it.become('Failed');
  expect(JSON.parse((await answer).text)).toMatchObject({ details: { phase: 'Failed' } });
});

test('a client that leaves is not waited for, and its request never goes on', async () => {
  const it = await stage({ phase: 'Starting' });
  const request = it.send({});
  request.on('error', () => undefined);
  await it.held(1);
  request.destroy();
  await it.held(0);
  expect(it.left()).toBe(0);
  expect(it.seen.served).toBe(0);
});

test('what is in the way of waking is said', async () => {
  const wakes = () => Promise.reject(new GuildNetError('forbidden', 'You may not.'));
  const it = await stage({ phase: 'Stopped', wakes });
  const answer = await it.ask(person);
  expect([answer.status, answer.text.includes('You may not.')]).toEqual([403, true]);
});

test('the waiting page hears how it stands, without waking or waiting, and never from the workspace', async () => {
  const it = await stage({ phase: 'Stopped', idle: true });
  const asked = { ...poll, 'x-guildnet-waiting': 'state' };
  const answer = await it.ask(asked);
  expect([answer.status, answer.headers['content-type']]).toEqual([503, 'application/json']);
  expect(JSON.parse(answer.text)).toMatchObject({
    ready: false,
    title: 'The workspace is stopped',
    wakes: true,
    look: 5,
  });
  it.become(undefined);
  expect(JSON.parse((await it.ask(asked)).text)).toEqual({ ready: true });
  expect(it.seen).toEqual({ woken: 0, served: 0, asked: 2 });
});
