import type { HostClient } from '#contract/routes.ts';

/** Follows the host until its cluster is online; throws what stands in the way when a person would have to act. */
export async function onlineCluster(client: HostClient): Promise<void> {
  const enough = new AbortController();
  try {
    for await (const event of await client.host.watch(undefined, { signal: enough.signal })) {
      if (event.type !== 'snapshot' && event.type !== 'cluster') continue;
      const { phase, problem } = event.cluster;
      if (phase === 'online') return;
      if (phase === 'none' || phase === 'refused')
        throw new Error(`The cluster is ${phase}: ${problem?.message ?? ''}`);
    }
  } finally {
    enough.abort();
  }
  throw new Error('The host stopped before its cluster was online.');
}
