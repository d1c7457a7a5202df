import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccess } from '#host/access/access.ts';
import { createEntrance } from '#host/access/entrance.ts';
import { createAdmission } from '#host/api/admission.ts';
import { createDispatch } from '#host/api/dispatch.ts';
import { serveHttps } from '#host/api/https-server.ts';
import type { Patience } from '#host/api/https-front.ts';
import { openCertificates } from '#host/certs/certificates.ts';
import { createLog } from '#host/observability/log.ts';
import type { Log } from '#host/observability/log.ts';
import type { AssetCache } from '#host/proxy/asset-cache/asset-cache.ts';
import type { ExchangeLimits } from '#host/proxy/exchange/limits.ts';
import type { PodTarget } from '#host/proxy/target.ts';
import { unwatched } from '#host/proxy/traffic.ts';
import type { Prepared } from '#host/proxy/transport/forward.ts';
import { forwardByStream } from '#host/proxy/transport/forward-by-stream.ts';
import { portForwardTransport } from '#host/proxy/transport/port-forward.ts';
import type { PortForward } from '#host/proxy/transport/port-forward.ts';
import type { TunnelTarget } from '#host/proxy/transport/transport.ts';
import { TunnelPool } from '#host/proxy/transport/tunnel-pool.ts';
import { createWorkspaceProxy } from '#host/proxy/workspace-proxy.ts';
import { plainAccess } from '../plain-access.ts';

/** What a client needs to know of a host. */
export interface FrontAddress {
  port: number;
  ca: string;
  /** Name of a workspace's origin, with its port. */
  authority(id: string): string;
}

export interface FrontOptions {
  scheme?: 'http' | 'https';
  /** URL of an API server whose `portforward` is used instead of plain sockets. */
  apiServer?: string;
  limits?: Partial<ExchangeLimits>;
  patience?: Patience;
  /** Keeps assets, each workspace's for itself. */
  cache?: AssetCache;
  /** Connections for small answers stand side by side; what each says that is asked whether it may be more than that. */
  weighs?: () => boolean;
}

/**
 * The host's whole data path, from the TLS listener to the tunnels, without a cluster: a tunnel is a plain socket to a
 * server of the test's own, since no pod can be made to show these faults on demand.
 */
export interface Front extends FrontAddress, AsyncDisposable {
  /** Tunnels that are open now. */
  readonly tunnels: number;
  /** Lets go of all tunnels. */
  closeTunnels(): void;
}

export async function startFront(
  upstreamPort: number,
  { scheme = 'http', apiServer, limits = {}, patience, cache, weighs }: FrontOptions = {},
): Promise<Front> {
  const home = await mkdtemp(join(tmpdir(), 'guildnet-front-'));
  const log = createLog({ level: 'silent' });
  const certificates = await openCertificates({ folder: join(home, 'certs'), userFolder: join(home, 'own'), log });
  const pool = new TunnelPool<PodTarget>(
    apiServer === undefined ? plainSockets(weighs) : throughApiServer(apiServer, log),
    log,
  );
  const proxy = createWorkspaceProxy({
    upstream: ({ id }) => {
      const target: PodTarget = { namespace: 'test', pod: `${id}-0`, podUid: id, port: upstreamPort, scheme };
      const assets = { workspace: id, image: 'sha256:test' };
      return { target, tunnels: pool.to(target), ...(cache === undefined ? {} : { assets }) };
    },
    traffic: { begin: () => unwatched },
    site: () => ({ controlOrigins: [], sharedOrigin: false, ownOrigin: () => undefined }),
    limits,
    log,
    cache,
  });
  // Who asks is not what is tried here.
  const access = await openAccess(join(home, 'state'), {
    rule: 'off',
    peerUser: () => Promise.resolve(undefined),
    log,
  });
  let port = 0;
  const dispatch = createDispatch({
    admit: createAdmission({
      names: () => ({ port, listenHost: '127.0.0.1', allowedHosts: [] }),
      routes: () => ({ originMode: 'host', ownOrigin: () => undefined }),
      log,
    }),
    access: () => access,
    guard: { open: () => undefined, demand: () => undefined, untilChange: () => undefined },
    ownOrigin: () => Promise.resolve(undefined),
    entrance: createEntrance({
      access: () => access,
      controlOrigin: () => `https://localhost:${String(port)}`,
      workspaceAt: () => undefined,
      ownOrigin: () => undefined,
    }),
    rest: () => Promise.reject(new Error('There is no API here.')),
    metrics: { contentType: 'text/plain', text: () => Promise.resolve('') },
    ui: (_request, response) => {
      response.end('There is no UI here.');
      return Promise.resolve();
    },
    proxy,
    sockets: () => Promise.reject(new Error('There are no terminals here.')),
    log,
  });
  const server = await serveHttps({
    listen: { host: '127.0.0.1', port: 0 },
    certificates,
    dispatch,
    log,
    ...(patience === undefined ? {} : { patience }),
  });
  ({ port } = server);
  return {
    port,
    ca: await readFile(certificates.caFile, 'utf8'),
    get tunnels() {
      return pool.size;
    },
    authority: (id) => `${id}.localhost:${String(port)}`,
    closeTunnels: () => pool.close(),
    async [Symbol.asyncDispose]() {
      await server.close();
      pool.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function plainSockets(weighs?: () => boolean) {
  const dial = (port: number): Socket => connect({ port, host: '127.0.0.1', noDelay: true });
  const prepared = (socket: Socket): Prepared => ({
    halfCloses: true,
    begin: (listener) => forwardByStream(socket, listener, (error) => error),
    discard: () => socket.destroy(),
  });
  return {
    open: ({ port }: TunnelTarget) => dial(port),
    async prepare({ port }: TunnelTarget): Promise<Prepared> {
      const socket = dial(port);
      await once(socket, 'connect');
      return prepared(socket);
    },
    share({ port }: TunnelTarget): Prepared | undefined {
      if (weighs === undefined) return undefined;
      const { begin, ...one } = prepared(dial(port));
      return { ...one, isShared: true, begin: (listener) => ({ ...begin(listener), weigh: weighs }) };
    },
  };
}

function throughApiServer(server: string, log: Log): PortForward {
  return portForwardTransport(plainAccess(server), log);
}
