import type { CoreV1Api, V1PodSpec } from '@kubernetes/client-node';
import type { HostConnection } from '#cli/client/host-client.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { serversOf } from '../servers-of.ts';
import { firstAnswer } from './first-answer.ts';
import type { Moments } from './figures.ts';
import type { PodWatch } from './pod-moments.ts';

export interface Ground {
  core: CoreV1Api;
  namespace: string;
  pods: PodWatch;
}

/** Launches the image through the host as the UI does, waits for the first answer, deletes it. Also returns the pod's spec. */
export async function launchByGuildNet(
  host: HostConnection & { ca: string; token: string },
  image: string,
  { core, namespace, pods }: Ground,
): Promise<{ moments: Moments; spec: V1PodSpec }> {
  const start = performance.now();
  const { id } = await host.client.workspaces.create({ image, home: false });
  const accepted = performance.now() - start;
  const url = await runningAt(host, id);
  const seen = performance.now() - start;
  const firstByte = (await firstAnswer(url, host)) - start;

  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `guildnet.io/id=${id}` });
  const pod = items[0];
  if (pod?.spec === undefined) throw new Error(`${id} has no pod.`);
  const name = pod.metadata?.name ?? '';
  const podMoments = await waitUntil(() => pods.of(name, start), {
    what: `all of ${name} to be seen`,
    timeoutMs: 10_000,
  });

  await host.client.workspaces.delete({ id });
  const left = async (): Promise<boolean> => (await core.listNamespacedPod({ namespace })).items.length === 0;
  await waitUntil(left, { what: `${name} to be gone`, timeoutMs: 60_000 });
  return { moments: { accepted, ...podMoments, seen, firstByte }, spec: pod.spec };
}

/** Follows the host's watch until the workspace runs, and returns where it is shown. */
export async function runningAt({ client }: HostConnection, id: string): Promise<string> {
  const enough = new AbortController();
  try {
    for await (const event of await client.host.watch(undefined, { signal: enough.signal })) {
      const server = serversOf(event).find((candidate) => candidate.id === id);
      if (server?.phase === 'Failed') throw new Error(`${id} failed: ${server.failure?.message ?? 'no reason given'}`);
      if (server?.phase === 'Running' && server.ide_url !== undefined) return server.ide_url;
    }
  } finally {
    enough.abort();
  }
  throw new Error(`The host stopped before ${id} was running.`);
}
