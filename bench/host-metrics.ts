import { connectHost, readToken } from '#cli/client/host-client.ts';
import type { HeadlessHost } from '#test/headless-host.ts';
import { onlineCluster } from './launch/online-cluster.ts';
import { parseMetrics } from './operator-scale/metrics-text.ts';
import type { Samples } from './operator-scale/metrics-text.ts';

export type Read = () => Promise<Samples>;

/** Waits until the host's cluster is online, and returns what reads its metrics. */
export async function metricsOf(host: HeadlessHost): Promise<Read> {
  const { client } = await connectHost(host);
  await onlineCluster(client);
  const headers = await asOwner(host);
  return async () => {
    const answer = await fetch(new URL('/metrics', host.url), { headers });
    if (!answer.ok) throw new Error(`/metrics answered ${answer.status}: ${await answer.text()}`);
    return parseMetrics(await answer.text());
  };
}

export async function asOwner({ tokenFile = '' }: HeadlessHost): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await readToken(tokenFile)}` };
}
