import { once } from 'node:events';
import { connect } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import WebSocket from 'ws';
import type { Server } from '#contract/server.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

// A real pod is deleted and replaced while somebody uses it.

const patience = { timeoutMs: 60_000 };
let namespace: TestNamespace & AsyncDisposable;
let started: StartedHost;
let id: string;

async function podOf(): Promise<string> {
  const { items } = await namespace.core.listNamespacedPod({
    namespace: namespace.name,
    labelSelector: `guildnet.io/id=${id}`,
  });
  return items.find(({ metadata }) => metadata?.deletionTimestamp === undefined)?.metadata?.name ?? '';
}

async function phaseIs(wanted: string): Promise<void> {
  await waitUntil(async () => ((await started.ask(`/api/servers/${id}`)).json() as Server).phase === wanted, {
    what: `${id} to be ${wanted}`,
    ...patience,
  });
}

/** Deletes the pod; `now`: without letting it end by itself. */
async function deletePod(how: 'in order' | 'now'): Promise<string> {
  const name = await podOf();
  const grace = how === 'now' ? { gracePeriodSeconds: 0 } : {};
  await namespace.core.deleteNamespacedPod({ namespace: namespace.name, name, ...grace });
  return name;
}

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const body = { image: 'guildnet.local/echo:1', name: 'replaced' };
  ({ id } = (await started.ask('/api/jobs', { method: 'POST', body })).json() as { id: string });
  await phaseIs('Running');
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

const authority = (): string => `${id}.localhost:${String(started.port)}`;

function openWebSocket(): WebSocket {
  const { agent: _agent, ...where } = started.to(`https://${id}.localhost/ws`);
  return new WebSocket(`wss://127.0.0.1:${String(started.port)}/ws`, [], {
    ...where,
    headers: { ...where.headers, origin: `https://${authority()}` },
  });
}

describe.each(['in order', 'now'] as const)('while a pod is replaced that was deleted %s', (how) => {
  test('a page’s WebSocket that is opened again at once is opened once, by the new pod', async () => {
    const failures: string[] = [];
    let opened = 0;
    let current: WebSocket | undefined;
    let over = false;
    const open = (): void => {
      current = openWebSocket();
      current.once('open', () => (opened += 1));
      current.on('error', (error) => failures.push(error.message));
      current.once('close', () => {
        if (!over) open();
      });
    };
    open();
    await waitUntil(() => Promise.resolve(opened === 1), { what: 'the first to open', ...patience });
    const old = await deletePod(how);
    await waitUntil(() => Promise.resolve(opened === 2), { what: 'the second to open', ...patience });
    expect(await podOf()).not.toBe(old);
    current?.send('still there');
    const echoed = new Promise((resolve) => {
      current?.on('message', (data: Buffer) => data.toString() === 'still there' && resolve(true));
    });
    expect(await echoed).toBe(true);
    over = true;
    current?.terminate();
    expect(failures).toEqual([]);
  });

  test('every GET is answered by a pod; a POST is, or says that its pod went away', async () => {
    const agent = new Agent({ keepAlive: true, ca: started.ca });
    const outcomes: string[] = [];
    const ask = async (method: 'GET' | 'POST', path: string): Promise<void> => {
      const request = httpsRequest({ ...started.to(`https://${id}.localhost${path}`), agent, method });
      request.end(method === 'POST' ? 'x'.repeat(1_000) : undefined);
      try {
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        const body = await text(response);
        const why = response.statusCode === 200 ? '' : ` ${String(response.headers['retry-after'])} ${body}`;
        outcomes.push(`${method} ${String(response.statusCode)}${why}`);
      } catch (error) {
        outcomes.push(`${method} ${String(error)}`);
      }
    };
    const underWay: Promise<void>[] = [];
    let deleted: Promise<string> | undefined;
    let old = '';
    // Until the new pod has answered for a while.
    for (let count = 0, after = 0; after < 25; count += 1) {
      underWay.push(ask('GET', count % 5 === 0 ? '/slow?ms=300' : '/'));
      if (count % 4 === 0) underWay.push(ask('POST', count % 8 === 0 ? '/slow?ms=300' : '/'));
      if (count === 25) {
        deleted = deletePod(how);
        void deleted.then((name) => (old = name));
      }
      await delay(20);
      if (old !== '' && ((await started.ask(`/api/servers/${id}`)).json() as Server).phase === 'Running') after += 1;
    }
    await Promise.all(underWay);
    agent.destroy();
    const gets = outcomes.filter((outcome) => outcome.startsWith('GET'));
    const posts = outcomes.filter((outcome) => outcome.startsWith('POST'));
    expect(gets.filter((outcome) => outcome !== 'GET 200')).toEqual([]);
    expect(
      posts.filter((outcome) => outcome !== 'POST 200' && !/^POST 503 1 .*"code":"not_ready"/.test(outcome)),
    ).toEqual([]);
    expect(posts.filter((outcome) => outcome === 'POST 200').length).toBeGreaterThan(0);
    expect(await podOf()).not.toBe(old);
  });
});

describe('while its first pod starts', () => {
  async function restart(): Promise<void> {
    await started.ask(`/api/servers/${id}/stop`, { method: 'POST' });
    await phaseIs('Stopped');
    await started.ask(`/api/servers/${id}/start`, { method: 'POST' });
  }

  function overHttp2(): ClientHttp2Session {
    return connect(`https://localhost:${String(started.port)}`, { ca: started.ca, servername: `${id}.localhost` });
  }

  const handshake = (): Record<string, string> => ({
    ':method': 'CONNECT',
    ':protocol': 'websocket',
    ':scheme': 'https',
    ':authority': authority(),
    ':path': '/ws',
    'sec-websocket-version': '13',
    origin: `https://${authority()}`,
    'proxy-authorization': `Bearer ${started.token}`,
  });

  test('a WebSocket over HTTP/2 waits for it; one whose client leaves is let go', async () => {
    await restart();
    const session = overHttp2();
    await once(session, 'remoteSettings');
    const left = session.request(handshake());
    left.on('error', () => undefined);
    const stays = session.request(handshake());
    const answered = once(stays, 'response') as Promise<[IncomingHttpHeaders]>;
    left.close();
    const [headers] = await answered;
    expect(headers[':status']).toBe(200);
    stays.destroy();
    session.destroy();
    // The one that left asked nothing of the pod: one handshake has arrived there.
    const log = await namespace.core.readNamespacedPodLog({ namespace: namespace.name, name: await podOf() });
    expect(log.match(/GET \/ws/g)).toHaveLength(1);
  });
});
