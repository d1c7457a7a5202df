import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import WebSocket from 'ws';
import { namespaceTest } from '#test/namespace.ts';
import type { Server } from '#contract/server.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

const password = 'a-password';

async function running(started: StartedHost, id: string): Promise<Server> {
  const deadline = Date.now() + 100_000;
  for (;;) {
    const server = (await started.ask(`/api/servers/${id}`)).json() as Server;
    if (server.status === 'running') return server;
    if (Date.now() > deadline) throw new Error(`It does not run: ${JSON.stringify(server)}`);
    await delay(100);
  }
}

namespaceTest('code-server takes its log-in and its WebSocket through the proxy', async ({ namespace }) => {
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  // The version is the local cluster's: its name is what the node has.
  const images = (await namespace.core.listNode()).items.flatMap(
    (node) => node.status?.images?.flatMap(({ names }) => names ?? []) ?? [],
  );
  const image = images.find((name) => name.startsWith('guildnet.local/code-server:'));
  if (image === undefined) throw new Error(`The node has no code-server image: ${images.join(', ')}`);
  const launched = await started.ask('/api/jobs', {
    method: 'POST',
    body: { image, args: ['--auth', 'password'], env: { PASSWORD: password } },
  });
  const { id } = launched.json() as { id: string };
  await running(started, id);
  const at = (path: string): string => `https://${id}.localhost${path}`;

  const first = await started.ask(at('/'));
  expect([first.status, first.headers.location]).toEqual([302, expect.stringContaining('./login') as string]);
  const login = await started.ask(at('/login'), {
    method: 'POST',
    body: new URLSearchParams({ password }).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: `https://${id}.localhost:${String(started.port)}`,
    },
  });
  expect(login.status).toBe(302);
  const cookie = login.headers['set-cookie']?.[0] ?? '';
  expect(cookie).toContain('Secure; SameSite=None; Partitioned');
  const session = cookie.split(';')[0] ?? '';
  const page = await started.ask(at('/'), { headers: { cookie: session } });
  expect([page.status, page.text.includes('vscode')]).toEqual([200, true]);

  const { agent: _agent, ...where } = started.to(
    at('/?reconnectionToken=a%2Fb&reconnection=false&skipWebSocketFrames=false'),
  );
  const origin = `https://${id}.localhost:${String(started.port)}`;
  const socket = new WebSocket(`wss://127.0.0.1:${String(started.port)}${where.path}`, {
    ...where,
    headers: { ...where.headers, cookie: session, origin },
  });
  await once(socket, 'open');
  socket.terminate();
});
