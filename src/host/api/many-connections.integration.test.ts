import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';
import { expect, test } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { startHeadlessHost } from '#test/headless-host.ts';

// A host in a process of its own, whose descriptors and memory can be counted from outside.

const patience = { timeoutMs: 120_000, intervalMs: 200 };

async function descriptorsOf(pid: number): Promise<number> {
  return (await readdir(`/proc/${String(pid)}/fd`)).length;
}

async function megabytesOf(pid: number): Promise<number> {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

test('5,000 connections that want nothing, or take for ever to say what, cost little, hinder nobody, and are let go', async () => {
  await using host = await startHeadlessHost({});
  const { pid = 0 } = host.child;
  const port = Number(new URL(host.url).port);
  const ca = await readFile(host.caFile);
  const token = (await readFile(host.tokenFile ?? '', 'utf8')).trim();
  const ask = async (path: string): Promise<number | undefined> => {
    const headers = { authorization: `Bearer ${token}` };
    const request = httpsRequest({ port, host: 'localhost', path, ca, headers, agent: false }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  // What the first request and the first handshake load counts as the host's own.
  expect(await ask('/api/cluster')).toBe(200);
  const before = { descriptors: await descriptorsOf(pid), megabytes: await megabytesOf(pid) };

  const open = new Set<Socket>();
  const keep = <T extends Socket>(socket: T): T => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
    return socket.resume();
  };
  const secureContext = createSecureContext({ ca });
  const secure = async (said: string): Promise<void> => {
    const socket = keep(connectTls({ port, host: '127.0.0.1', servername: 'localhost', secureContext }));
    await once(socket, 'secureConnect');
    socket.write(said);
  };
  const taken = async (): Promise<number> => (await descriptorsOf(pid)) - before.descriptors;
  let most = 0;
  const silent: Socket[] = [];
  for (let count = 0; count < 4_000; count += 1) {
    const socket = keep(connect(port, '127.0.0.1'));
    silent.push(socket);
    // As many at once as the system holds for a server that has not taken them yet.
    if (count % 100 === 99) await once(socket, 'connect');
    if (count === 1_999) most = await taken();
  }
  const head = `Host: localhost:${String(port)}\r\nAuthorization: Bearer ${token}\r\n`;
  for (let count = 0; count < 800; count += 1) await secure('');
  for (let count = 0; count < 100; count += 1) await secure('GET / HTTP/1.1\r\nHost: loc');
  for (let count = 0; count < 100; count += 1)
    await secure(`POST /api/jobs HTTP/1.1\r\n${head}Content-Length: 1000\r\n\r\n{"ima`);
  expect(await ask('/api/cluster')).toBe(200);
  expect(most).toBeGreaterThan(1_000);
  expect((await megabytesOf(pid)) - before.megabytes).toBeLessThan(400);

  // Who does not begin the handshake is sent away.
  await waitUntil(() => Promise.resolve(silent.every((socket) => socket.destroyed)), {
    what: 'connections without a handshake to be let go',
    ...patience,
  });
  for (const socket of open) socket.destroy();
  await waitUntil(async () => (await taken()) <= 2, { what: 'all descriptors to be let go', ...patience });
  expect(await ask('/api/cluster')).toBe(200);
  expect(host.complaints()).not.toContain('"level":50');
}, 300_000);
