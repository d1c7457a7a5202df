import { Agent, request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostClient } from '#contract/routes.ts';
import { pause } from '#host/pause.ts';

/** What was asked of the host so far. */
export interface Used {
  lists: number;
  watches: number;
  requests: number;
  restarts: number;
  launches: number;
  failures: number;
}

export interface Ground {
  client: HostClient;
  ca: string;
  token: string;
  /** The workspace that is asked, and where it is shown. */
  id: string;
  url: string;
  image: string;
}

/** A tab that is opened and closed again. */
const watchMs = 20_000;
const restartEveryMs = 45_000;
const launchEveryMs = 30_000;

/** Uses a host as a few people do, without end: lists, tabs that follow it, pages, restarts, launches. Ends with the signal. */
export async function use(ground: Ground, used: Used, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ ca: ground.ca, keepAlive: true, maxSockets: 8 });
  const again = async (everyMs: number, act: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      try {
        await act();
      } catch (error) {
        // A workspace that is just being restarted does not answer; what does not end is seen in the count.
        if (signal.aborted || !(error instanceof Error)) return;
        used.failures += 1;
      }
      await pause(everyMs, signal);
    }
  };
  const { client, id, image } = ground;
  await Promise.all([
    again(200, async () => {
      await client.workspaces.list(undefined);
      used.lists += 1;
    }),
    ...[0, 1, 2].map(() =>
      again(100, async () => {
        const enough = AbortSignal.any([signal, AbortSignal.timeout(watchMs)]);
        used.watches += 1;
        for await (const _event of await client.host.watch(undefined, { signal: enough })) if (enough.aborted) break;
      }),
    ),
    ...[0, 1].map(() =>
      again(50, async () => {
        await get(ground, agent);
        used.requests += 1;
      }),
    ),
    again(restartEveryMs, async () => {
      await client.workspaces.restart({ id });
      used.restarts += 1;
    }),
    again(launchEveryMs, async () => {
      const made = await client.workspaces.create({ image, home: false });
      await delay(launchEveryMs / 2, undefined, { signal });
      await client.workspaces.delete({ id: made.id });
      used.launches += 1;
    }),
  ]);
  agent.destroy();
}

/** One page of the workspace, read to its end. */
async function get({ url, token }: Ground, agent: Agent): Promise<void> {
  const target = new URL(url);
  const headers = { host: target.host, 'proxy-authorization': `Bearer ${token}` };
  const options = { host: '127.0.0.1', port: target.port, path: target.pathname, servername: target.hostname };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const sent = request({ ...options, headers, agent }, (response) => {
    response.resume().once('end', resolve).once('error', reject);
  });
  sent.once('error', reject).end();
  await promise;
}
