import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import WebSocket from 'ws';
import type { Server } from '#contract/server.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

const patience = 60_000;

async function shown(
  started: StartedHost,
  id: string,
  what: string,
  is: (server: Server) => boolean,
  forMs = patience,
): Promise<Server> {
  const deadline = Date.now() + forMs;
  for (;;) {
    const server = (await started.ask(`/api/servers/${id}`)).json() as Server;
    if (is(server)) return server;
    if (Date.now() > deadline) throw new Error(`${id} is never ${what}: ${JSON.stringify(server)}`);
    await delay(100);
  }
}

namespaceTest(
  'a request every three seconds keeps a workspace awake past its time, and says so; a silent one is stopped',
  { timeout: 240_000 },
  async ({ namespace }) => {
    await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
    await started.reached('online');
    const launch = async (name: string): Promise<string> => {
      const body = { image: 'guildnet.local/echo:1', name, idle: { stopAfter: '2m' } };
      return ((await started.ask('/api/jobs', { method: 'POST', body })).json() as { id: string }).id;
    };
    const [asked, silent, pinged] = await Promise.all([launch('asked'), launch('silent'), launch('pinged')]);
    const fresh = await shown(started, asked, 'running', ({ awake }) => awake !== undefined);
    expect(fresh.awake?.by).toBe('started');
    await shown(started, pinged, 'running', ({ awake }) => awake !== undefined);

    // A tab that was left open: nothing but its heartbeats, which do not keep it up for ever, but for now they do.
    const { agent: _agent, ...where } = started.to(`https://${pinged}.localhost/ws`);
    const origin = `https://${pinged}.localhost:${String(started.port)}`;
    const socket = new WebSocket(`wss://127.0.0.1:${String(started.port)}${where.path}`, {
      ...where,
      perMessageDeflate: false,
      headers: { ...where.headers, origin },
    });
    await once(socket, 'open');
    socket.send('{"type":"ping"}');
    const open = await shown(started, pinged, 'used', ({ last_activity }) => last_activity !== undefined);
    expect(open.awake?.by).toBe('background');

    const askedAt = `https://${asked}.localhost/hook`;
    expect((await started.ask(askedAt)).status).toBe(200);
    const first = await shown(started, asked, 'used', ({ last_activity }) => last_activity !== undefined);
    expect(first.awake?.by).toBe('program');
    const ending = new AbortController();
    const asking = (async () => {
      while (!ending.signal.aborted) {
        await started.ask(askedAt);
        await delay(3_000);
      }
    })();
    const gone = await shown(started, silent, 'stopped', ({ phase }) => phase === 'Stopped', 200_000);
    expect(gone.stop_reason).toMatch(/^Idle: nobody has used it since .*stopAfter 2m/);
    // The silent one's two minutes are over, so the other's would be, too.
    const later = await shown(started, asked, 'seen', () => true);
    ending.abort();
    await asking;
    socket.terminate();
    expect(later.phase).toBe('Running');
    expect(later.last_activity ?? '').not.toBe(first.last_activity);
    expect(Date.parse(later.awake?.until ?? '')).toBeGreaterThan(Date.now());
    expect(later.awake).toMatchObject({ by: 'program', since: expect.any(String) as string });
  },
);
