import { once } from 'node:events';
import { connect, createSecureContext } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import WebSocket from 'ws';
import type { Server } from '#contract/server.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { CreatedNamespace } from '#test/create-namespace.ts';
import type { Lesson } from '#test/hostile/taught-server.ts';
import { createTaughtWorkspace, taughtPorts, taughtState } from '#test/hostile/taught-workspace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

// One workspace takes all that it can get, and the other one is used meanwhile. Nothing is measured: everything has to succeed.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });
const patience = { timeoutMs: 90_000 };
const noisy = 'noisy';
let quiet: string;
let namespace: CreatedNamespace;
let started: StartedHost;

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  await createTaughtWorkspace(namespace, noisy);
  const body = { image: 'guildnet.local/echo:1', name: 'quiet' };
  ({ id: quiet } = (await started.ask('/api/jobs', { method: 'POST', body })).json() as { id: string });
  for (const id of [noisy, quiet]) {
    await waitUntil(async () => ((await started.ask(`/api/servers/${id}`)).json() as Server).phase === 'Running', {
      what: `${id} to run`,
      ...patience,
    });
  }
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

async function teach(lesson?: Lesson) {
  const taught = lesson === undefined ? {} : { method: 'PUT', body: JSON.stringify(lesson) };
  return taughtState.parse((await started.ask(`https://${noisy}.localhost/`, taught)).json());
}

const endless = (head: string): Lesson => ({
  bytes: Buffer.concat([Buffer.from(head), Buffer.alloc(64 * 1024, 'x')]).toString('base64'),
  early: false,
  after: 'repeat',
});
const download = endless('HTTP/1.1 200 OK\r\n\r\n');
const socket = endless(
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
);
const silence: Lesson = { bytes: '', early: false, after: 'stay' };
const upgradeFields =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

test('while one workspace is kept busy by 60 endless exchanges, all that is asked of another succeeds', async () => {
  const name = `${String(taughtPorts.hostile)}--${noisy}.localhost`;
  const secureContext = createSecureContext({ ca: started.ca });
  const clients = new Set<TLSSocket>();
  /** Asks for something that has no end; `reads`: as fast as it comes, otherwise nothing of it. */
  const begin = async (method: 'GET' | 'POST', more: string, reads: boolean): Promise<void> => {
    const client = connect({ port: started.port, host: '127.0.0.1', servername: name, secureContext });
    clients.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => clients.delete(client));
    await once(client, 'secureConnect');
    const fields = `Host: ${name}:${String(started.port)}\r\nProxy-Authorization: Bearer ${started.token}\r\n${more}`;
    client.write(`${method} / HTTP/1.1\r\n${fields}\r\n`);
    if (method === 'GET') {
      const [first] = (await once(client, 'data')) as [Buffer];
      expect(first.toString('latin1', 0, 12)).toMatch(/^HTTP\/1\.1 (?:200|101)$/);
      if (reads) client.resume();
      else client.pause();
      return;
    }
    const block = Buffer.alloc(64 * 1024, 'x');
    const pour = (): void => {
      while (!client.destroyed && client.write(block));
      if (!client.destroyed) client.once('drain', pour);
    };
    if (reads) pour();
  };
  /** A few at a time: what is tried is how it is while they last. */
  const many = async (count: number, one: (index: number) => Promise<void>): Promise<void> => {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        await one(next);
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  };

  await teach(download);
  await many(20, (index) => begin('GET', '', index % 10 === 0));
  await teach(socket);
  await many(20, (index) => begin('GET', upgradeFields, index % 10 === 0));
  await teach(silence);
  await many(20, (index) => begin('POST', 'Content-Length: 1000000000000\r\n', index % 10 === 0));
  await waitUntil(async () => (await teach()).heard >= 60, { what: 'all to be under way', ...patience });

  const where = started.to(`https://${quiet}.localhost/ws`);
  const talk = new WebSocket(`wss://127.0.0.1:${String(started.port)}/ws`, { ...where, agent: undefined });
  await once(talk, 'message');
  const answers: unknown[] = [];
  for (let count = 0; count < 100; count += 1) {
    const body = 'x'.repeat(count * 100);
    const answer = await started.ask(`https://${quiet}.localhost/${String(count)}`, { method: 'POST', body });
    const echo = once(talk, 'message');
    talk.send(String(count));
    const [said] = (await echo) as [Buffer];
    answers.push([answer.status, (answer.json() as { bodyLength: number }).bodyLength, said.toString()]);
  }
  expect(answers).toEqual(Array.from({ length: 100 }, (_, count) => [200, count * 100, String(count)]));
  expect((await started.ask('/api/servers')).status).toBe(200);
  expect(talk.readyState).toBe(WebSocket.OPEN);
  // The noise has not ended meanwhile.
  expect(clients.size).toBe(60);

  for (const client of clients) client.destroy();
  await waitUntil(async () => (await teach()).connections === 0, { what: 'all tunnels to be let go', ...patience });
  talk.terminate();
});
