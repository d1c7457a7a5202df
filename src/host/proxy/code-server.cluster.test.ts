import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { duplexPair } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { PortForward } from '@kubernetes/client-node';
import { expect } from 'vitest';
import WebSocket from 'ws';
import { namespaceTest } from '#test/namespace.ts';
import type { Server } from '#contract/server.ts';
import { localImages } from '#local-cluster/images.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

const password = 'a-password';
/** Where its page is, once a person is in. */
const folder = '/?folder=/home/coder';

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
  const launched = await started.ask('/api/jobs', {
    method: 'POST',
    body: { image: localImages.codeServer, args: ['--auth', 'password'], env: { PASSWORD: password } },
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

  await opensSocket(started, id, session);
});

namespaceTest('a person is signed in at code-server without a password, and nobody else is', async ({ namespace }) => {
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const launched = await started.ask('/api/jobs', { method: 'POST', body: { image: localImages.codeServer } });
  const { id } = launched.json() as { id: string };
  const server = await running(started, id);
  const at = (path: string): string => `https://${id}.localhost${path}`;

  const page = await started.ask(at(folder), { headers: { cookie: 'code-server-session=wrong; a=1' } });
  expect([page.status, page.text.includes('vscode')]).toEqual([200, true]);
  await opensSocket(started, id, 'code-server-session=wrong');
  const inPlace = await started.ask(`/proxy/server/${id}${folder}`);
  expect(inPlace.status).toBe(200);

  // The same program, asked without what the host knows.
  const { PASSWORD: password, HASHED_PASSWORD: hash } = Object.fromEntries(
    await Promise.all(
      ['PASSWORD', 'HASHED_PASSWORD'].map(async (name) => {
        const answer = await started.ask(`/api/servers/${id}/env/${name}`);
        return [name, (answer.json() as { value: string }).value] as const;
      }),
    ),
  );
  const forwarder = new PortForward(namespace.kubeConfig);
  const { items } = await namespace.core.listNamespacedPod({
    namespace: namespace.name,
    labelSelector: `guildnet.io/id=${id}`,
  });
  const pod = items[0]?.metadata?.name ?? '';
  expect(await statusOf(forwarder, { namespace: namespace.name, pod })).toBe(302);
  expect(await statusOf(forwarder, { namespace: namespace.name, pod, cookie: `code-server-session=${password}` })).toBe(
    302,
  );
  expect(await statusOf(forwarder, { namespace: namespace.name, pod, cookie: `code-server-session=${hash}` })).toBe(
    200,
  );

  const told = [started.lines.join(), JSON.stringify(server), page.text, JSON.stringify(page.headers)].join();
  for (const secret of [password, hash]) {
    expect(secret).toMatch(/^.{32,}$/);
    expect(told).not.toContain(secret);
  }
});

/** What code-server answers for its page to whoever comes to the pod by another way. */
async function statusOf(
  forwarder: PortForward,
  { namespace, pod, cookie }: { namespace: string; pod: string; cookie?: string },
): Promise<number> {
  const [far, near] = duplexPair();
  await forwarder.portForward(namespace, pod, [8080], far, null, far);
  const asked = request({
    createConnection: () => near,
    path: folder,
    headers: { host: 'localhost', ...(cookie === undefined ? {} : { cookie }) },
  }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  near.destroy();
  return response.statusCode ?? 0;
}

async function opensSocket(started: StartedHost, id: string, cookie: string): Promise<void> {
  const { agent: _agent, ...where } = started.to(
    `https://${id}.localhost/?reconnectionToken=a%2Fb&reconnection=false&skipWebSocketFrames=false`,
  );
  const origin = `https://${id}.localhost:${String(started.port)}`;
  const socket = new WebSocket(`wss://127.0.0.1:${String(started.port)}${where.path}`, {
    ...where,
    headers: { ...where.headers, cookie, origin },
  });
  await once(socket, 'open');
  socket.terminate();
}
