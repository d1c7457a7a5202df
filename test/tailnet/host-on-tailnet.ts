import { startHost } from '#test/host/started-host.ts';
import type { StartedHost, StartedHostOptions } from '#test/host/started-host.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import { clientEnv } from './headscale.ts';
import type { Headscale } from './headscale.ts';

/** A host of alice's on this tailnet, and its state there once its peers can reach it. `socket`: by the tailscaled that listens there. */
export async function startHostOnTailnet(
  headscale: Headscale,
  program: string,
  { hostname, socket, ...options }: Omit<StartedHostOptions, 'tailnet'> & { hostname: string; socket?: string },
): Promise<{ started: StartedHost; state: TailnetState & { url: string } }> {
  const started = await startHost({
    ...options,
    env: { ...clientEnv, ...options.env },
    tailnet: {
      config: {
        mode: socket === undefined ? 'embedded' : 'system',
        loginServer: headscale.url,
        hostname,
        authKey: headscale.keys.alice,
        socket: socket ?? '',
      },
      program: () => Promise.resolve(program),
    },
  });
  try {
    const state = await waitUntil(
      async () => {
        const now = await started.host.client.tailnet.get(undefined);
        return now.url === undefined ? undefined : { ...now, url: now.url };
      },
      {
        what: 'the host to be reachable in the tailnet',
        timeoutMs: 120_000,
        explain: () => started.lines.slice(-20).join(''),
      },
    );
    return { started, state };
  } catch (error) {
    await started[Symbol.asyncDispose]();
    throw error;
  }
}
