import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { chooseFreePorts } from '#local-cluster/free-port.ts';
import { runCommand } from '#local-cluster/run-command.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { headscaleProgram } from './headscale-program.ts';

/** What clients need to know of a control server without TLS, and to leave this machine's gateway alone. */
export const clientEnv = { TS_DEBUG_USE_DERP_HTTP: '1', TS_DISABLE_PORTMAPPER: '1' } as const;

/** A tailnet of its own on loopback, with the users alice and bob. Disposing of it ends it and removes all it kept. */
export interface Headscale extends AsyncDisposable {
  readonly url: string;
  /** A key by which nodes of the user join. */
  readonly keys: Readonly<Record<'alice' | 'bob', string>>;
  /** Runs Headscale's own command and returns what it printed. */
  command(...args: string[]): Promise<string>;
  /** Replaces the policy. */
  setPolicy(policy: object): Promise<void>;
  /** Ends the server, or starts it again at the same address with the same state. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Everybody reaches everybody; alice's devices may do all, bob's may look. */
export const openPolicy = {
  nodeAttrs: [{ target: ['*'], attr: ['disable-captive-portal-detection'] }],
  grants: [
    { src: ['*'], dst: ['*'], ip: ['*'] },
    { src: ['alice@'], dst: ['*'], app: { 'guildnet.io/cap': [{ actions: ['admin'] }] } },
    { src: ['bob@'], dst: ['*'], app: { 'guildnet.io/cap': [{ actions: ['view'] }] } },
  ],
};

const created = z.object({ id: z.union([z.number(), z.string()]) });
const keyed = z.object({ key: z.string() });

/** `address`: one of this machine, at which its nodes find it. */
export async function startHeadscale(address = '127.0.0.1'): Promise<Headscale> {
  const program = await headscaleProgram();
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-headscale-'));
  const at = (name: string): string => join(folder, name);
  const [port = 0, grpcPort = 0, stunPort = 0] = await chooseFreePorts(3);
  const url = `http://${address}:${String(port)}`;
  const config = {
    server_url: url,
    listen_addr: `${address}:${String(port)}`,
    metrics_listen_addr: '',
    grpc_listen_addr: `127.0.0.1:${String(grpcPort)}`,
    disable_check_updates: true,
    noise: { private_key_path: at('noise.key') },
    prefixes: { v4: '100.64.0.0/10', v6: 'fd7a:115c:a1e0::/48', allocation: 'sequential' },
    derp: {
      server: {
        enabled: true,
        region_id: 999,
        region_code: 'test',
        region_name: 'test',
        verify_clients: false,
        private_key_path: at('derp.key'),
        stun_listen_addr: `${address}:${String(stunPort)}`,
        automatically_add_embedded_derp_region: true,
        ipv4: address,
        ipv6: 'none',
      },
      urls: [],
      paths: [],
      auto_update_enabled: false,
    },
    database: { type: 'sqlite', sqlite: { path: at('db.sqlite'), write_ahead_log: true } },
    policy: { mode: 'file', path: at('policy.json') },
    dns: { magic_dns: true, base_domain: 'tail.test', override_local_dns: false, nameservers: { global: [] } },
    tuning: { batch_change_delay: '50ms', node_store_batch_timeout: '20ms' },
    unix_socket: at('headscale.sock'),
    unix_socket_permission: '0700',
  };
  await writeFile(at('config.yaml'), stringify(config));
  await writeFile(at('policy.json'), JSON.stringify(openPolicy));
  let child: ChildProcess | undefined;
  const command = (...args: string[]): Promise<string> => runCommand(program, ['-c', at('config.yaml'), ...args]);
  const log = (): Promise<string> => readFile(at('headscale.log'), 'utf8').catch(() => '');
  const stop = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    // It waits for its clients' long polls when asked nicely.
    running.kill('SIGKILL');
    await ended;
  };
  const start = async (): Promise<void> => {
    await rm(at('headscale.sock'), { force: true });
    const output = openSync(at('headscale.log'), 'a');
    child = spawn(program, ['-c', at('config.yaml'), 'serve'], { stdio: ['ignore', output, output] });
    await waitUntil(
      async () => {
        const healthy = await fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => false,
        );
        return (
          healthy &&
          (await command('users', 'list', '-o', 'json').then(
            () => true,
            () => false,
          ))
        );
      },
      { what: 'Headscale to answer', timeoutMs: 60_000, explain: log },
    );
  };
  const keyFor = async (user: string): Promise<string> => {
    const { id } = created.parse(JSON.parse(await command('users', 'create', user, '-o', 'json')));
    const made = await command('preauthkeys', 'create', '-u', String(id), '--reusable', '-e', '24h', '-o', 'json');
    return keyed.parse(JSON.parse(made)).key;
  };
  const dispose = async (): Promise<void> => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
    const keys = { alice: await keyFor('alice'), bob: await keyFor('bob') };
    return {
      url,
      keys,
      command,
      async setPolicy(policy) {
        await writeFile(at('policy.json'), JSON.stringify(policy));
        child?.kill('SIGHUP');
      },
      stop,
      start,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
