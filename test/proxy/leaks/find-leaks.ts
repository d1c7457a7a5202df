import { waitUntil } from '#local-cluster/wait-until.ts';
import { startPortForwardServer } from '../port-forward-server.ts';
import { cycleAborts, cycleRequests, cycleWebSockets } from './cycles.ts';
import type { HostFigures } from './host-messages.ts';
import { startManyManneredServer } from './many-mannered-server.ts';
import { startSmallHost } from './small-host.ts';

export interface LeakOptions {
  webSockets: number;
  requests: number;
  aborts: number;
  /** Told what each part of it came to. */
  tell?(what: string, figures: HostFigures): void;
}

/** A heap that holds the host and little more, in megabytes. */
const heap = 96;
/** Megabytes by which a collected heap varies by itself. */
const tolerated = 4;
/** Of each before it counts: caches, pools and compiled code fill up. */
const warmUp = 500;
/** Unused tunnels are kept for some seconds. */
const letGo = 20_000;

/**
 * Uses a host with a small heap so often, and compares what it holds afterwards with what it held before. Resolves with what is
 * wrong; rejects when the host does not live through it.
 */
export async function findLeaks({ webSockets, requests, aborts, tell }: LeakOptions): Promise<string[]> {
  await using server = await startManyManneredServer();
  await using api = await startPortForwardServer();
  await using host = await startSmallHost(heap, server.port, api.url);
  const { front } = host;
  const problems: string[] = [];

  const settled = async (what: string, descriptors?: number): Promise<HostFigures> => {
    let seen = await host.figures();
    const isSettled = async (): Promise<boolean> => {
      seen = await host.figures();
      return (
        seen.tunnels === 0 &&
        api.tunnels === 0 &&
        server.connections === 0 &&
        seen.descriptors <= (descriptors ?? Infinity)
      );
    };
    try {
      await waitUntil(isSettled, { what: 'everything to be let go', timeoutMs: letGo, intervalMs: 100 });
    } catch {
      problems.push(
        `after ${what}: ${seen.tunnels} tunnels, ${api.tunnels} at the API server, ${server.connections} connections, ${seen.descriptors} descriptors`,
      );
    }
    tell?.(what, seen);
    return seen;
  };

  await cycleWebSockets(front, warmUp);
  await cycleRequests(front, warmUp);
  await cycleAborts(front, warmUp / 5);
  const before = await settled('the warm-up');
  const parts: [string, () => Promise<void>][] = [
    [`${webSockets} WebSockets`, () => cycleWebSockets(front, webSockets)],
    [`${requests} requests`, () => cycleRequests(front, requests)],
    [`${aborts} aborts`, () => cycleAborts(front, aborts)],
  ];
  for (const [what, run] of parts) {
    await run();
    const after = await settled(what, before.descriptors);
    const grown = after.megabytes - before.megabytes;
    if (grown > tolerated) problems.push(`after ${what}: ${grown.toFixed(1)} MB more`);
  }
  return problems;
}
