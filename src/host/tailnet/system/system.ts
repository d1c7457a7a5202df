import { stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { Problem } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Ends } from '../../access/handed-over.ts';
import { backoffDelay } from '../../kube/backoff.ts';
import type { Log } from '../../observability/log.ts';
import { pause } from '../../pause.ts';
import { countConnections, usualBounds } from '../connection-bounds.ts';
import { longestPem } from '../node-messages.ts';
import type { NodePeer } from '../node-messages.ts';
import type { IssuedPair, Tailnet } from '../tailnet.ts';
import { createDevices } from './devices.ts';
import { createDoors } from './doors.ts';
import { localApiAt } from './local-api.ts';
import { dialBy } from './local-api-dial.ts';
import { notifySchema, parsed, prefsSchema, readWhois, serveConfigSchema, statusSchema } from './messages.ts';
import type { SystemStatus } from './messages.ts';
import { locateIn, routesOf } from './reach.ts';
import { mergeServed } from './serve.ts';
import type { Served } from './serve.ts';
import { systemState } from './state.ts';

/** Between two looks at whether tailscaled is there again, in milliseconds. */
const backoff = { baseMs: 500, maxMs: 15_000 };
/** That the control server has gone is not told. */
const readEveryMs = 5_000;
/** ipn.NotifyInitialState, which names the session, and ipn.NotifyPeerChanges. */
const watched = 'watch-ipn-bus?mask=4098';
/** An authority may take minutes to see that the name is this computer's. */
const issueMs = 200_000;
/** How often what tailscaled serves is written anew when somebody else has changed it meanwhile. */
const writeTries = 8;

export interface SystemOptions {
  /** Where tailscaled listens. */
  socket: string;
  onConnection(socket: Socket, ends: Ends): void;
  log: Log;
}

/** A tailnet by the tailscaled that this machine has already. It is asked and listened to; its settings are its user's. */
export function systemTailnet({ socket: socketPath, onConnection, log }: SystemOptions): Tailnet {
  const api = localApiAt(socketPath);
  const stopping = new AbortController();
  const heard = new Set<(what: 'state' | 'peers') => void>();
  const count = countConnections(usualBounds);
  const devices = createDevices((address) => whois({ address, port: 0 }));
  let status: SystemStatus | undefined;
  let loginServer: string | undefined;
  let unreachable: Problem | undefined;
  let refused: Problem | undefined;
  let session: string | undefined;
  let running: Promise<void> | undefined;
  let wanted: ReadonlySet<number> = new Set();
  let opening = Promise.resolve();
  let last = '';
  let isReading = false;
  let isStale = false;

  const doors = createDoors({
    onConnection: (socket, ends) => void admit(socket, ends),
    tailscaledUser: async () => (await stat(socketPath)).uid,
    isForwarded: async ({ address, port }) =>
      (await api.ask('GET', `whois?proto=tcp&addr=${encodeURIComponent(`${address}:${String(port)}`)}`)).status !== 404,
    log,
  });

  async function whois({ address, port }: { address: string; port: number }): Promise<NodePeer> {
    const end = port === 0 ? address : `${address.includes(':') ? `[${address}]` : address}:${String(port)}`;
    const answer = await api.ask('GET', `whois?proto=tcp&addr=${encodeURIComponent(end)}`);
    if (answer.status === 200) return readWhois(answer.text);
    throw new GuildNetError('upstream_failed', `Nobody is known at ${address}.`);
  }

  /** Everybody of the tailnet, within bounds; whoever is on this very machine has its loopback, and no name in the tailnet. */
  async function admit(socket: Socket, ends: Ends): Promise<void> {
    const device = await devices.of(ends.peer.address);
    if (socket.destroyed) return;
    if (status?.TailscaleIPs.includes(ends.peer.address) === true || !count.enter(device)) {
      socket.destroy();
      return;
    }
    socket.once('close', () => count.leave(device));
    onConnection(socket, ends);
  }

  function tell(what: 'state' | 'peers'): void {
    for (const listener of heard) listener(what);
  }

  const state = () => systemState({ status, loginServer, failure: unreachable ?? refused });

  function tellState(): void {
    const now = JSON.stringify(state());
    if (now === last) return;
    last = now;
    tell('state');
  }

  async function read(): Promise<void> {
    const answer = await api.ask('GET', 'status');
    if (answer.status !== 200)
      throw new GuildNetError('upstream_failed', `The tailscaled of this computer answers ${String(answer.status)}.`);
    const before = `${String(status?.TUN)} ${status?.TailscaleIPs.join() ?? ''}`;
    status = parsed(statusSchema, answer.text);
    const prefs = await api.ask('GET', 'prefs');
    if (prefs.status === 200) loginServer = parsed(prefsSchema, prefs.text).ControlURL || undefined;
    unreachable = undefined;
    if (`${String(status.TUN)} ${status.TailscaleIPs.join()}` !== before) void settle();
    tellState();
  }

  /** One look at a time, and one more where something has changed since it began. */
  async function readAgain(): Promise<void> {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale) {
        isStale = false;
        await read();
      }
    } catch (error) {
      // Where it is not there any more, listening to it ends as well, and says so.
      log.debug({ err: error }, 'The state of tailscaled could not be read');
    } finally {
      isReading = false;
    }
  }

  function hear(line: string): void {
    try {
      const told = parsed(notifySchema, line);
      if (told.SessionID) {
        session = told.SessionID;
        void settle();
      }
      const { NetMap: map, SelfChange: self, PeersChanged: changed, PeersRemoved: removed } = told;
      if ([map, self, changed, removed].some((one) => one !== undefined && one !== null)) {
        devices.forget();
        tell('peers');
      }
      void readAgain();
    } catch (error) {
      log.warn({ err: error, length: line.length }, 'tailscaled said what is not understood');
    }
  }

  /** As long as it can be listened to. */
  async function live(): Promise<void> {
    await read();
    const timer = setInterval(() => void readAgain(), readEveryMs).unref();
    try {
      await api.follow(watched, hear, stopping.signal);
    } finally {
      clearInterval(timer);
      session = undefined;
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const began = performance.now();
      try {
        await live();
        unreachable = undefined;
      } catch (error) {
        unreachable = problemOf(error);
      }
      if (stopping.signal.aborted) return;
      failures = performance.now() - began > readEveryMs ? 1 : failures + 1;
      if (unreachable !== undefined) status = undefined;
      if (failures === 1) log.warn({ problem: unreachable?.message }, 'The tailscaled of this computer is not heard');
      tellState();
      await pause(backoffDelay(failures, backoff), stopping.signal);
    }
  }

  /** Opens what is wanted, by what is known now: one time after the other. */
  function settle(): Promise<void> {
    opening = opening.then(async () => {
      if (stopping.signal.aborted || status === undefined) return;
      try {
        const served = await doors.open(wanted, status.TailscaleIPs, status.TUN === true);
        const taken = session === undefined ? [] : await serve(session, served);
        refused = shutProblem([...[...doors.shut].map(([port, why]) => `${String(port)} (${why})`), ...taken]);
      } catch (error) {
        log.warn({ err: error }, 'The ports of the tailnet address could not be opened');
        refused = problemOf(error);
      }
      tellState();
    });
    return opening;
  }

  /** Has tailscaled hand these on to us; resolves with those that it serves to somebody else. */
  async function serve(owner: string, served: Served): Promise<string[]> {
    for (let tries = 0; tries < writeTries; tries += 1) {
      const now = await api.ask('GET', 'serve-config');
      const config = parsed(serveConfigSchema, now.text);
      const merged = mergeServed(config, owner, served);
      const taken = merged.taken.map((port) => `${String(port)} ("tailscale serve" has it for something else)`);
      if (JSON.stringify(merged.config) === JSON.stringify(config ?? {})) return taken;
      const answer = await api.ask(
        'POST',
        'serve-config',
        merged.config,
        now.etag === undefined ? {} : { 'if-match': now.etag },
      );
      if (answer.status < 300) return taken;
      // Somebody else has changed it since it was read.
      if (answer.status !== 412) throw serveRefused(answer.status, answer.text);
    }
    throw serveRefused(412, 'it is changed all the time');
  }

  const own = (): GuildNetError =>
    new GuildNetError(
      'conflict',
      'The tailnet is that of this computer’s own Tailscale, whose settings are its user’s.',
      {
        remedy: 'Use "tailscale up", "tailscale logout" and "tailscale netcheck", or GUILDNET_TAILNET=embedded.',
      },
    );

  return {
    get state() {
      return state();
    },
    start() {
      running ??= run().catch((error: unknown) => log.error({ err: error }, 'The tailnet failed inside GuildNet'));
    },
    async stop() {
      stopping.abort();
      doors.close();
      await running;
      await opening;
    },
    login: () => Promise.reject(own()),
    logout: () => Promise.reject(own()),
    netcheck: () => Promise.reject(own()),
    get certificateNames() {
      return state().phase === 'running' ? (status?.CertDomains ?? []) : [];
    },
    async certificate(name) {
      const answer = await api.ask('GET', `cert/${encodeURIComponent(name)}?type=pair`, undefined, {}, issueMs);
      if (answer.status !== 200) throw notIssued(answer.status, answer.text);
      return toPair(answer.text);
    },
    whois,
    async listen(ports) {
      wanted = new Set(ports);
      await settle();
    },
    onChange(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    // Where the machine's own network leads into the tailnet, nobody has to be asked for it.
    async dial(target, signal) {
      const address = locateIn(status, target.host);
      return address === undefined ? undefined : dialBy(socketPath, { host: address, port: target.port }, signal);
    },
    locate: (host) => Promise.resolve(locateIn(status, host)),
    routes: () => Promise.resolve(routesOf(status)),
  };
}

/** The key stands first there, then the certificate with its chain (ipn/localapi, `cert/`). */
function toPair(text: string): IssuedPair {
  const parts = text.slice(0, 2 * longestPem).match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
  const isKey = (part: string): boolean => part.includes('PRIVATE KEY-----');
  return { cert: joined(parts.filter((part) => !isKey(part))), key: joined(parts.filter(isKey)) };
}

function joined(parts: readonly string[]): string {
  return parts.map((part) => `${part}\n`).join('');
}

function notIssued(status: number, text: string): GuildNetError {
  const denied = status === 403 || status === 401;
  return new GuildNetError(
    denied ? 'forbidden' : 'upstream_failed',
    `The tailscaled of this computer gives no certificate: ${text.slice(0, 400).trim() || String(status)}.`,
    denied ? { remedy: 'Run: sudo tailscale set --operator=$USER' } : {},
  );
}

function shutProblem(ports: readonly string[]): Problem | undefined {
  if (ports.length === 0) return undefined;
  return {
    code: 'conflict',
    message: `These ports of the tailnet address cannot be opened: ${ports.slice(0, 20).join(', ')}.`,
    remedy: 'Free them, or use GUILDNET_TAILNET=embedded, whose address is the host’s alone.',
  };
}

function serveRefused(status: number, text: string): GuildNetError {
  const denied = status === 403 || status === 401;
  return new GuildNetError(
    denied ? 'forbidden' : 'upstream_failed',
    `The tailscaled of this computer does not hand on what comes to its ports: ${text.slice(0, 200).trim() || String(status)}.`,
    { remedy: denied ? 'Run: sudo tailscale set --operator=$USER' : 'Look at "tailscale serve status".' },
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof GuildNetError)
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    };
  return { code: 'internal', message: (error as Error).message };
}
