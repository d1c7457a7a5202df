import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { localApiAt } from '#host/tailnet/system/local-api.ts';
import type { LocalApi } from '#host/tailnet/system/local-api.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { clientEnv } from './headscale.ts';
import type { Headscale } from './headscale.ts';
import { tailscaledProgram } from './headscale-program.ts';

/** A machine's own tailscaled, in user space, with a socket and a state of its own. Disposing of it ends it. */
export interface OwnTailscaled extends AsyncDisposable {
  readonly pid: number;
  readonly socket: string;
  readonly api: LocalApi;
  /** Its IPv4 address and its MagicDNS name. */
  readonly address: string;
  readonly name: string;
}

const statusSchema = z.object({
  BackendState: z.string(),
  TailscaleIPs: z.array(z.string()).nullish(),
  Self: z.object({ DNSName: z.string().optional() }).nullish(),
});

export interface OwnTailscaledOptions {
  user: 'alice' | 'bob';
  hostname: string;
  /** Subnets that it leads to, which Headscale is made to approve. */
  routes?: readonly string[];
  /** In the network of this process; this one's by default. */
  networkOf?: number;
  env?: NodeJS.ProcessEnv;
}

export async function startOwnTailscaled(
  headscale: Pick<Headscale, 'url' | 'keys'> & Partial<Pick<Headscale, 'command'>>,
  { user, hostname, routes = [], networkOf, env }: OwnTailscaledOptions,
): Promise<OwnTailscaled> {
  const program = await tailscaledProgram();
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-tailscaled-'));
  const socket = join(folder, 'socket');
  const log = join(folder, 'log');
  const output = openSync(log, 'a');
  const args = [
    '--tun=userspace-networking',
    `--statedir=${folder}`,
    `--socket=${socket}`,
    '--port=0',
    '--no-logs-no-support',
  ];
  const inside = networkOf === undefined ? [] : ['nsenter', '--target', String(networkOf), '--net', '--'];
  const [command = program, ...rest] = [...inside, program, ...args];
  const child = spawn(command, rest, {
    env: { ...process.env, ...clientEnv, ...env, HOME: folder, TS_LOGS_DIR: folder },
    stdio: ['ignore', output, output],
  });
  const explain = (): Promise<string> => readFile(log, 'utf8').then((text) => text.slice(-4_000));
  const api = localApiAt(socket);
  const dispose = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const status = async (): Promise<z.infer<typeof statusSchema> | undefined> => {
    try {
      return statusSchema.parse(JSON.parse((await api.ask('GET', 'status')).text));
    } catch {
      // Not listening yet; what keeps it from that is told when patience ends.
      return undefined;
    }
  };
  try {
    await waitUntil(status, { what: 'tailscaled to listen', timeoutMs: 60_000, explain });
    await api.ask('POST', 'start', {
      AuthKey: headscale.keys[user],
      UpdatePrefs: {
        ControlURL: headscale.url,
        Hostname: hostname,
        WantRunning: true,
        CorpDNS: true,
        NetfilterMode: 0,
        AdvertiseRoutes: routes,
      },
    });
    await api.ask('POST', 'login-interactive');
    const running = await waitUntil(
      async () => {
        const now = await status();
        return now?.BackendState === 'Running' ? now : undefined;
      },
      { what: `${hostname} to be on the tailnet`, timeoutMs: 120_000, explain },
    );
    if (routes.length > 0 && headscale.command !== undefined) await approve(headscale.command, hostname, routes);
    return {
      pid: child.pid ?? 0,
      socket,
      api,
      address: running.TailscaleIPs?.[0] ?? '',
      name: (running.Self?.DNSName ?? '').replace(/\.$/, ''),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

const nodesSchema = z.array(z.object({ id: z.union([z.number(), z.string()]), given_name: z.string() }));

async function approve(command: Headscale['command'], hostname: string, routes: readonly string[]): Promise<void> {
  const nodes = nodesSchema.parse(JSON.parse(await command('nodes', 'list', '-o', 'json')));
  const node = nodes.find(({ given_name: name }) => name === hostname);
  await command('nodes', 'approve-routes', '-i', String(node?.id), '-r', routes.join(','));
}
