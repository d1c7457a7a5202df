import { startHost } from '#test/host/started-host.ts';
import type { StartedHost, StartedHostOptions } from '#test/host/started-host.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import { clientEnv } from './headscale.ts';
import type { Headscale } from './headscale.ts';

export interface HostOnTailnetOptions extends Omit<StartedHostOptions, 'tailnet'> {
  hostname: string;
  /** Where the machine's own tailscaled listens, by which it is on the tailnet then. */
  socket?: string;
  /** Where a front passes requests on. */
  frontPort?: number;
}

/** A host of alice's on this tailnet, and its state there once its peers can reach it. */
export async function startHostOnTailnet(
  headscale: Pick<Headscale, 'url' | 'keys'>,
  program: string,
  { hostname, socket, frontPort, ...options }: HostOnTailnetOptions,
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
        ...(frontPort === undefined ? {} : { front: { host: '127.0.0.1', port: frontPort } }),
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
