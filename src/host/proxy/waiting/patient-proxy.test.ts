import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { createLog } from '../../observability/log.ts';
import { http1Client } from '../exchange/upgrade-client.ts';
import { SentBody } from '../exchange/sent-body.ts';
import { refuseUpgrade, respondWithError } from '../respond.ts';
import { TunnelError } from '../transport/tunnel-error.ts';
import type { Attempt } from '../workspace-proxy.ts';
import { createPatientProxy } from './patient-proxy.ts';
import type { PodStanding } from './pod-standing.ts';

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
  breaks = [],
  repeatable = true,
  away = false,
  deaf = false,
}: {
  phase?: string;
  mayWake?: boolean;
  idle?: boolean;
  wakes?: () => Promise<unknown>;
  /** What happens to the first tries. */
  breaks?: Error[];
  repeatable?: boolean;
  /** The cluster is being connected to. */
  away?: boolean;
  /** Nothing is heard of pods. */
  deaf?: boolean;
}) {
  let obstacle = phase === undefined ? undefined : notReady(phase);
  const listeners = new Set<() => void>();
  const timers = new Set<() => void>();
  const seen = { woken: 0, served: 0, asked: 0 };
  let standing: PodStanding = 'serving';
  let isAway = away;
  let isDeaf = deaf;
  const broken = (error: Error, attempt: Attempt | undefined): boolean =>
    attempt?.takeOver?.({
      error,
      target: { namespace: 'n', pod: 'p', podUid: 'u', port: 1, scheme: 'http', workspace: 'w' },
      repeatable,
      sent: attempt.sent ?? new SentBody(),
      explain: () => new GuildNetError('upstream_failed', error.message),
    }) === true;
  const proxy = createPatientProxy({
    proxy: {
      serve: async (request, response, _route, requestId, attempt) => {
        seen.served += 1;
        const error = breaks.shift();
        if (error === undefined) response.end('served');
        else if (!broken(error, attempt)) respondWithError(request, response, error, requestId);
      },
      upgrade: async (request, client, _route, requestId, attempt) => {
        seen.served += 1;
        const error = breaks.shift();
        if (error === undefined) client.accept('websocket', {}).end('served');
        else if (!broken(error, attempt)) refuseUpgrade(request, client, error, requestId);
      },
    },
    awaited: {
      get isCurrent() {
        return !isDeaf;
      },
      get isAway() {
        return isAway;
      },
      obstacle: () => obstacle,
      standing: () => standing,
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
  const route = {
    kind: 'workspace',
    id: 'w',
    upstreamPath: '/x',
    mode: 'origin',
    prefix: '',
    ask: { kind: 'server', id: 'w' },
  } as const;
  const server = createServer((request, response) => {
    seen.asked += 1;
    void proxy.serve(request, response, route, 'rid');
  });
  server.on('upgrade', (request, socket: Socket, head) => {
    seen.asked += 1;
    socket.on('error', () => socket.destroy());
    void proxy.upgrade(request, http1Client(socket, head), route, 'rid');
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
    /** Resolves with the status of a WebSocket's handshake. */
    async upgrade(headers: OutgoingHttpHeaders = {}) {
      const request = send({ ...socket, ...headers });
      const [response] = (await Promise.race([once(request, 'upgrade'), once(request, 'response')])) as [
        IncomingMessage,
      ];
      return { status: response.statusCode, headers: response.headers };
    },
    pod(is: PodStanding) {
      standing = is;
      for (const listener of [...listeners]) listener();
    },
    held: async (count: number) => {
      while (timers.size !== count) await new Promise((resolve) => setImmediate(resolve));
    },
    hear() {
      isDeaf = false;
    },
    connect() {
      isAway = false;
      for (const listener of [...listeners]) listener();
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

const socket = { connection: 'Upgrade', upgrade: 'websocket' };
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

const ofPage = { origin: 'https://w.localhost' };

test('a WebSocket waits like a request, and is opened when the workspace is there', async () => {
  const it = await stage({ phase: 'Starting' });
  const answer = it.upgrade(ofPage);
  await it.held(1);
  it.become(undefined);
  expect((await answer).status).toBe(101);
  expect(it.left()).toBe(0);
});

test('after its time a WebSocket is answered with when to come again', async () => {
  const it = await stage({ phase: 'Starting' });
  const answer = it.upgrade(ofPage);
  await it.held(1);
  it.timeOut();
  expect(await answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect([it.seen.served, it.left()]).toEqual([0, 0]);
});

test('the WebSocket of a program wakes what was idle; a page’s does not', async () => {
  const it = await stage({ phase: 'Stopped', idle: true });
  expect((await it.upgrade(ofPage)).status).toBe(503);
  expect(it.seen.woken).toBe(0);
  const answer = it.upgrade();
  await it.held(1);
  it.become(undefined);
  expect([(await answer).status, it.seen.woken]).toEqual([101, 1]);
});

test.each([
  ['leaves', (request: ClientRequest) => request.destroy()],
  ['says that nothing more comes', (request: ClientRequest) => request.socket?.end()],
])('a WebSocket whose client %s is let go at once', async (_what, leave) => {
  const it = await stage({ phase: 'Starting' });
  const request = it.send({ ...socket, ...ofPage });
  request.on('error', () => undefined);
  await it.held(1);
  leave(request);
  await it.held(0);
  it.become(undefined);
  expect([it.left(), it.seen.served]).toEqual([0, 0]);
});

const gone = () => new TunnelError('gone', 'gone');
const cut = () => new TunnelError('lost', 'cut');

describe.each(['ask', 'upgrade'] as const)('when its pod goes, %s', (kind) => {
  const fine = kind === 'ask' ? 200 : 101;

  test('is sent again to the next one that is there already', async () => {
    const it = await stage({ breaks: [cut()] });
    it.pod('leaving');
    expect([(await it[kind]()).status, it.seen.served, it.left()]).toEqual([fine, 2, 0]);
  });

  test('waits for the next one', async () => {
    const it = await stage({ breaks: [gone()] });
    const answer = it[kind]();
    await it.held(1);
    it.become('Starting');
    it.pod('passed over');
    await it.held(1);
    it.become(undefined);
    expect([(await answer).status, it.seen.served, it.left()]).toEqual([fine, 2, 0]);
  });

  test('is sent twice at most', async () => {
    const it = await stage({ breaks: [cut(), cut()] });
    it.pod('leaving');
    expect([(await it[kind]()).status, it.seen.served, it.left()]).toEqual([500, 2, 0]);
  });

  test('is answered with what broke when the pod stays', async () => {
    const it = await stage({ breaks: [cut()] });
    const answer = it[kind]();
    await it.held(1);
    it.timeOut();
    expect([(await answer).status, it.seen.served, it.left()]).toEqual([502, 1, 0]);
  });

  test('is not sent again to a pod whose program it may have ended', async () => {
    const it = await stage({ breaks: [cut()] });
    const answer = it[kind]();
    await it.held(1);
    it.pod('passed over');
    it.timeOut();
    expect([(await answer).status, it.seen.served, it.left()]).toEqual([502, 1, 0]);
  });

  test('is told when the next one does not come', async () => {
    const it = await stage({ breaks: [gone()] });
    const answer = it[kind]();
    await it.held(1);
    it.become('Starting');
    it.pod('leaving');
    await it.held(1);
    it.timeOut();
    expect(await answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect([it.seen.served, it.left()]).toEqual([1, 0]);
  });
});

test('what may have been done is not asked for again, and that is said', async () => {
  const it = await stage({ breaks: [cut()], repeatable: false });
  it.pod('leaving');
  const answer = await it.ask({}, 'POST');
  expect([answer.status, answer.headers['retry-after'], it.seen.served]).toEqual([503, '1', 1]);
  expect(JSON.parse(answer.text)).toMatchObject({
    code: 'not_ready',
    message: expect.stringContaining('is not known') as string,
  });
});

test('what reached nobody is sent again, whatever it is', async () => {
  const it = await stage({ breaks: [gone()], repeatable: false });
  it.pod('leaving');
  expect([(await it.ask({}, 'POST')).text, it.seen.served]).toEqual(['served', 2]);
});

test('what has nothing to do with the pod is answered at once', async () => {
  const it = await stage({ breaks: [new TunnelError('denied', 'no')] });
  it.pod('leaving');
  expect([(await it.ask()).status, it.seen.served, it.left()]).toEqual([500, 1, 0]);
});

test('what was cut with the line to the cluster is sent again at once, if it may be', async () => {
  const severed = () => new TunnelError('severed', 'cut');
  const it = await stage({ breaks: [severed()] });
  expect([(await it.ask()).status, it.seen.served, it.left()]).toEqual([200, 2, 0]);
  const twice = await stage({ breaks: [severed(), severed()] });
  const second = twice.ask();
  await twice.held(1);
  twice.timeOut();
  expect([(await second).status, twice.seen.served]).toEqual([502, 2]);
  const post = await stage({ breaks: [severed()], repeatable: false });
  const answer = post.ask({}, 'POST');
  await post.held(1);
  post.timeOut();
  expect([(await answer).status, post.seen.served]).toEqual([502, 1]);
});

test.each(['ask', 'upgrade'] as const)(
  'while the cluster does not answer, %s is tried again until it does',
  async (kind) => {
    const away = () => new TunnelError('offline', 'connect ECONNREFUSED');
    const it = await stage({ breaks: [new TunnelError('severed', 'cut'), away(), away()] });
    const answer = it[kind](kind === 'ask' ? {} : ofPage);
    for (let times = 0; times < 2; times += 1) {
      await it.held(1);
      it.timeOut();
    }
    expect([(await answer).status, it.seen.served, it.left()]).toEqual([kind === 'ask' ? 200 : 101, 4, 0]);
  },
);

test('nobody waits for a cluster that only looks whether something is there', async () => {
  const it = await stage({ breaks: [new TunnelError('offline', 'no')] });
  expect([(await it.ask({ 'user-agent': 'kube-probe/1.37' })).status, it.seen.served]).toEqual([500, 1]);
});

test.each(['ask', 'upgrade'] as const)(
  '%s waits for a host that is just being connected to its cluster',
  async (kind) => {
    const it = await stage({ away: true });
    const answer = it[kind](kind === 'ask' ? {} : ofPage);
    await it.held(1);
    it.connect();
    expect([(await answer).status, it.seen.served, it.left()]).toEqual([kind === 'ask' ? 200 : 101, 1, 0]);
  },
);

test('a line that broke because the pod went is followed by the next pod all the same', async () => {
  const it = await stage({ breaks: [new TunnelError('severed', 'cut'), gone()] });
  const answer = it.upgrade(ofPage);
  await it.held(1);
  it.become('Starting');
  it.pod('leaving');
  await it.held(1);
  it.become(undefined);
  expect([(await answer).status, it.seen.served, it.left()]).toEqual([101, 3, 0]);
});

test('what is not heard of the pod yet is waited for until the cluster is heard again', async () => {
  const it = await stage({ breaks: [gone()], deaf: true });
  const answer = it.upgrade(ofPage);
  await it.held(1);
  it.timeOut();
  await it.held(1);
  it.hear();
  it.timeOut();
  await it.held(1);
  it.pod('leaving');
  expect([(await answer).status, it.seen.served, it.left()]).toEqual([101, 2, 0]);
});
