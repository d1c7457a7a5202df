import { randomBytes } from 'node:crypto';
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import { backoffDelay } from '../kube/backoff.ts';
import type { Log } from '../observability/log.ts';
import { pause } from '../pause.ts';
import { usualBounds } from './connection-bounds.ts';
import { listenInwards } from './inwards.ts';
import type { InwardsOptions } from './inwards.ts';
import { readWish, writeWish } from './kept-wish.ts';
import { createListeners } from './listeners.ts';
import type { NodeStatus } from './node-messages.ts';
import { startNode } from './node-process.ts';
import type { NodeProcess } from './node-process.ts';
import { dialTailnet, TailnetDialError } from './outwards.ts';
import { endOfNode, isSilent, tailnetState } from './tailnet-state.ts';
import type { Tailnet } from './tailnet.ts';
import type { TailnetConfig } from './tailnet-config.ts';

/** Between two starts of a node that has ended by itself, in milliseconds. */
const backoff = { baseMs: 500, maxMs: 60_000 };
/** A node that ran for so long, in milliseconds, has not ended for what ended the one before. */
const soundMs = 60_000;
export interface EmbeddedOptions {
  config: TailnetConfig;
  /** Folder of the node's identity, and of what people asked for. */
  folder: string;
  /** The node's file; building it may take minutes at the first time. */
  program(): Promise<string>;
  /** What the node passes on of the environment: proxies, certificates. */
  env: NodeJS.ProcessEnv;
  onConnection: InwardsOptions['onConnection'];
  log: Log;
}

/**
 * A tailnet by a node of our own, in a process of its own (`tailnet-node/`): it is started again when it ends, with back-off,
 * and nothing but the tailnet is lost meanwhile.
 */
export function embeddedTailnet({ config, folder, program, env, onConnection, log }: EmbeddedOptions): Tailnet {
  const secret = randomBytes(32).toString('base64url');
  const wishFile = join(folder, 'wish.json');
  const stopping = new AbortController();
  let wanted = true;
  let loginServer = config.loginServer;
  let authKey = config.authKey ?? '';
  let status: NodeStatus | undefined;
  let failure: Problem | undefined;
  /** Why the last that the node said of its state cannot be read. */
  let unread: string | undefined;
  /** Since when its control server has said nothing. */
  let silentSince: number | undefined;
  let endpoint: string | undefined;
  let node: NodeProcess | undefined;
  let running: Promise<void> | undefined;
  const listeners = createListeners(log);
  const heard = new Set<(what: 'state' | 'peers') => void>();
  const tell = (what: 'state' | 'peers'): void => {
    for (const listener of heard) listener(what);
  };
  /** Ends a wait: somebody has asked for something else. */
  let wake = new AbortController();

  const prepared = async (): Promise<void> => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await access(folder, constants.W_OK | constants.X_OK);
    } catch (cause) {
      throw new GuildNetError('bad_config', `${folder} cannot be written: ${(cause as Error).message}.`, {
        remedy: 'Make it writable for the user who runs GuildNet; it is tried again by itself.',
        cause,
      });
    }
  };

  /** One life of the node; resolves with why it ended. */
  async function live(): Promise<string> {
    await prepared();
    const file = await program();
    const inwards = await listenInwards({ secret, onConnection, log });
    try {
      const started = startNode({
        program: file,
        config: {
          controlUrl: loginServer,
          authKey,
          hostname: config.hostname,
          dir: folder,
          ephemeral: false,
          acceptRoutes: true,
          forward: inwards.address,
          secret,
          ...usualBounds,
        },
        env,
        onEvent(event) {
          if (event.event === 'status') {
            if (event.state !== status?.state) log.info({ state: event.state, name: event.name }, 'The tailnet node');
            status = event;
            unread = undefined;
            silentSince = isSilent(event) ? (silentSince ?? performance.now()) : undefined;
            tell('state');
          } else if (event.event === 'unread') {
            unread = event.why;
            tell('state');
          } else if (event.event === 'peers') tell('peers');
          else if (event.event === 'outwards') endpoint = event.address;
          else if (event.event === 'error') log.warn({ said: event.message }, 'The tailnet node has trouble');
        },
        log,
      });
      node = started;
      listeners.use(started);
      return await started.ended;
    } finally {
      node = undefined;
      endpoint = undefined;
      status = undefined;
      unread = undefined;
      silentSince = undefined;
      listeners.use(undefined);
      tell('state');
      await inwards.close();
    }
  }

  async function run(): Promise<void> {
    const wish = await readWish(wishFile, log);
    wanted = wish?.wanted ?? wanted;
    loginServer = wish?.loginServer ?? loginServer;
    let failures = 0;
    while (!stopping.signal.aborted) {
      const woken = AbortSignal.any([stopping.signal, wake.signal]);
      if (!wanted) {
        await pause(2 ** 31 - 1, woken);
        continue;
      }
      const began = performance.now();
      let why: string | undefined;
      try {
        failure = undefined;
        why = await live();
      } catch (error) {
        failure = problemOf(error);
      }
      // Asked for: by a logout, a login elsewhere, or the end of all.
      if (woken.aborted) {
        failures = 0;
        continue;
      }
      if (performance.now() - began > soundMs) failures = 0;
      failures += 1;
      failure ??= endOfNode(why ?? '', folder);
      log.warn({ problem: failure.message, failures }, 'The tailnet node is not running');
      await pause(backoffDelay(failures, backoff), woken);
    }
  }

  /** Ends the node, so that it starts as it is wanted now. */
  async function renew(): Promise<void> {
    const before = wake;
    wake = new AbortController();
    before.abort();
    failure = undefined;
    await node?.stop();
  }

  const up = (): NodeProcess => {
    if (node !== undefined) return node;
    throw new GuildNetError('not_ready', 'This host is not on its tailnet now.', {
      remedy: 'Run "guildnet tailnet status", which says why.',
    });
  };

  const isUp = (): boolean => node !== undefined && status?.state === 'Running';

  const tailnet: Tailnet = {
    get state() {
      const silentMs = silentSince === undefined ? 0 : performance.now() - silentSince;
      return tailnetState({
        loginServer,
        hostname: config.hostname,
        status,
        unread,
        failure,
        loggedOut: !wanted,
        silentMs,
      });
    },
    start() {
      running ??= run().catch((error: unknown) => log.error({ err: error }, 'The tailnet failed inside GuildNet'));
    },
    async stop() {
      stopping.abort();
      await node?.stop();
      await running;
    },
    async login({ auth_key: key, login_server: server }) {
      await prepared();
      const elsewhere = server !== undefined && server !== loginServer;
      authKey = key ?? authKey;
      loginServer = server ?? loginServer;
      const again = wanted && !elsewhere && node !== undefined;
      wanted = true;
      await writeWish(wishFile, { wanted, ...(server === undefined ? {} : { loginServer: server }) });
      if (again) await up().command({ do: 'login', authKey });
      else await renew();
      return tailnet.state;
    },
    async logout() {
      await prepared();
      wanted = false;
      await writeWish(wishFile, { wanted });
      // The node forgets its control server with its login, so another one has to be started for the next.
      await node
        ?.command({ do: 'logout' })
        .catch((error: unknown) => log.warn({ err: error }, 'The control server was not told of the logout'));
      await renew();
      return tailnet.state;
    },
    get certificateNames() {
      return isUp() ? (status?.certDomains ?? []) : [];
    },
    async certificate(name) {
      const { certificate: cert, key } = await up().command({ do: 'certificate', addr: name });
      if (cert === undefined || key === undefined)
        throw new GuildNetError('upstream_failed', `The tailnet node has no certificate for ${name}.`);
      return { cert, key };
    },
    async netcheck() {
      const { report } = await up().command({ do: 'netcheck' });
      if (report === undefined) throw new GuildNetError('upstream_failed', 'The tailnet node measured nothing.');
      const { udp, ipv4, ipv6, hardNat } = report;
      const relays = report.relays
        .map(({ name, ms, preferred }) => ({ name, milliseconds: Math.round(ms * 10) / 10, preferred }))
        .toSorted((one, other) => one.milliseconds - other.milliseconds);
      return { udp, ipv4, ipv6, relays, ...(hardNat === undefined ? {} : { hard_nat: hardNat }) };
    },
    async whois({ address, port }) {
      const bracketed = address.includes(':') ? `[${address}]` : address;
      const { peer } = await up().command({ do: 'whois', addr: `${bracketed}:${String(port)}` });
      if (peer === undefined) throw new GuildNetError('upstream_failed', `Nobody is known at ${address}.`);
      return peer;
    },
    listen: listeners.want,
    onChange(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    async dial(target, signal) {
      if (endpoint === undefined || !isUp()) return undefined;
      try {
        return await dialTailnet({ address: endpoint, secret }, target, signal);
      } catch (error) {
        if (error instanceof TailnetDialError && error.failure === 'elsewhere') return undefined;
        throw error;
      }
    },
    async locate(host) {
      return isUp() ? (await up().command({ do: 'locate', addr: host })).address : undefined;
    },
    async routes() {
      if (!isUp()) return [];
      const { routes = [] } = await up().command({ do: 'routes' });
      return routes.map(({ cidr, via, online }) => ({ cidr, via: via.replace(/\.$/, ''), online }));
    },
  };
  return tailnet;
}

function problemOf(error: unknown): Problem {
  if (error instanceof GuildNetError)
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    };
  return { code: 'internal', message: `The tailnet node could not be started: ${(error as Error).message}` };
}
