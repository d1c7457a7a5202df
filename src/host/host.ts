import { createRouterClient } from '@orpc/server';
import { join, resolve } from 'node:path';
import type { HostStatus } from '#contract/host-status.ts';
import type { HostClient } from '#contract/routes.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import { openAccess } from './access/access.ts';
import type { Access } from './access/access.ts';
import { createDoors } from './access/doors.ts';
import { createEntrance } from './access/entrance.ts';
import { originOf } from './access/front.ts';
import { askedHost, controlOrigins } from './access/host-names.ts';
import { createOwnAddresses, outerNames } from './access/own-addresses.ts';
import { createPeerUser } from './access/peer-user.ts';
import { createFaceDispatch } from './api/face.ts';
import type { Behind } from './api/face.ts';
import { serveHttps } from './api/https-server.ts';
import type { HttpsServer } from './api/https-server.ts';
import { createRouter } from './api/router.ts';
import { createLocalClusterDesk } from './capacity/local-images.ts';
import type { HostRouter, RouterServices } from './api/router.ts';
import type { FollowWorkspaces } from './api/workspace-events.ts';
import { createDevUi } from './api/dev-ui/dev-ui.ts';
import { createTerminalSockets } from './api/terminal-sockets.ts';
import { developmentPolicy } from './api/ui-policy.ts';
import { createAuditFile } from './audit/audit-file.ts';
import { createAudit } from './audit/audit.ts';
import { openCertificates } from './certs/certificates.ts';
import type { Certificates } from './certs/certificates.ts';
import { shownAuthorities } from './certs/shown-authorities.ts';
import { createClusterConnection } from './cluster/connection.ts';
import { createKeptContext, keptContextIn, nothingKept } from './cluster/kept-context.ts';
import type { Session } from './cluster/session.ts';
import { createAnswerers } from './contexts/answerers.ts';
import { createClusterScope } from './contexts/cluster-scope.ts';
import type { ScopeOptions } from './contexts/cluster-scope.ts';
import { createElsewhere } from './contexts/elsewhere.ts';
import { joinedGate } from './contexts/joined-gate.ts';
import { joinedForwards, joinedLists, joinedShares, otherSessions } from './contexts/joined-lists.ts';
import { createKeptOpen, keptOpenIn } from './contexts/kept-open.ts';
import { createOpenContexts } from './contexts/open-contexts.ts';
import { scopeServices } from './contexts/scope-services.ts';
import type { ScopeServices } from './contexts/scope-services.ts';
import { createTold } from './contexts/told-by-all.ts';
import { createFinder, resolverOf, upstreamOf } from './contexts/whereabouts.ts';
import { withChosenContext } from './config/chosen-context.ts';
import { readSettings } from './config/config.ts';
import { publicPresets } from './config/presets.ts';
import { riskySettings } from './config/risky-settings.ts';
import { unreadText } from './config/unread-variables.ts';
import { waysOf } from './config/ways.ts';
import { diskRefusal } from './disk-refusal.ts';
import { createOwnExamination } from './doctor/own-examination.ts';
import { createFellowHosts } from './fellow-hosts/fellow-hosts.ts';
import { removeHostFile, writeHostFile } from './host-file.ts';
import type { HostFile } from './host-file.ts';
import type { HostOptions } from './host-options.ts';
import { createInbound } from './inbound/inbound.ts';
import { createPeers } from './inbound/peers.ts';
import { namingHolder } from './naming-holder.ts';
import { defaultKubeconfig } from './kube/source.ts';
import { createMetrics } from './observability/metrics.ts';
import { operatorConfigFromEnv } from './operator/config.ts';
import { createPresets } from './presets/presets.ts';
import { createCallGuard } from './permission/call-guard.ts';
import { localUserName } from './permission/local-user-name.ts';
import { createOpenGuard } from './permission/open-guard.ts';
import type { RouteConfig } from './proxy/route.ts';
import { preferredPort, specPorts } from './proxy/resolve/known-port.ts';
import { createAssetCache, noAssetCache } from './proxy/asset-cache/asset-cache.ts';
import { createProxyDebug } from './proxy/debug/explain.ts';
import { hostStatus } from './status/host-status.ts';
import { sessionFacts } from './status/session-facts.ts';
import { createEventFeed } from './workspaces/event-feed.ts';
import { createWorkspaceStream } from './workspaces/stream/workspace-stream.ts';
import { unwatched } from './proxy/traffic.ts';
import { openTailnet } from './tailnet/open-tailnet.ts';

export type { HostOptions } from './host-options.ts';

export interface Host {
  /** Listens (rejects with `address_in_use`, `bad_config`, or `internal` where its folder cannot be written) and begins to connect; resolves once it listens. */
  start(): Promise<{ url: string; caFile: string }>;
  /** Stops listening, ends proxied sockets, tunnels and forwarded ports, operator, informers, and the local cluster if started here. Idempotent. */
  stop(): Promise<void>;
  /** The contract implemented, for oRPC's handlers of other faces. */
  readonly router: HostRouter;
  /** In-process. */
  readonly client: HostClient;
  /**
   * `https://<id>.localhost:<our port>/`, `https://<port>--<id>.localhost:<our port>/` for another port of it, or the path form
   * when PROXY_ORIGIN_MODE=path or when port and name are too long for a host name.
   */
  workspaceUrl(id: string, port?: number): string;
  /** A link that signs a browser in once, within minutes. After `start`. */
  signInLink(): string;
  /** What the window of this process shows to a workspace in `passHeader`. After `start`. */
  passTo(id: string): string;
  /** True when this certificate (`sha256/<base64>` of its DER) is the one that we serve under this host name. */
  trusts(hostname: string, fingerprint: string): boolean;
}

const alsoRuns =
  'Another host of yours runs with the same home folder: until this one ends, commands talk to this one. Give one of them a GUILDNET_HOME of its own';

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

/** Makes a host; nothing happens before `start`. */
export function createHost(options: HostOptions): Host {
  const { config, log, version } = options;
  const env = options.env ?? process.env;
  const certsFolder = options.certsDir ?? resolve('certs');
  let port = config.listen.port;
  let server: HttpsServer | undefined;
  let frontServer: HttpsServer | undefined;
  let certificates: Certificates | undefined;
  let starting: Promise<{ url: string; caFile: string }> | undefined;
  let stopping: Promise<void> | undefined;
  /** The host that ran with this home when this one came. */
  let besides: HostFile | undefined;

  let opened: Access | undefined;

  const { ownOrigin, controlOrigin, names, workspaceUrl, frameSource } = createOwnAddresses(config, () => port);
  const access = (): Access => {
    if (opened === undefined) throw new Error('The host was asked before it had started.');
    return opened;
  };
  const ways = waysOf(config);
  const cache = config.assetCache ? createAssetCache({ folder: join(config.home, 'cache', 'assets'), log }) : undefined;
  const metrics = createMetrics({
    version,
    workspaces: () => sessions().flatMap(({ world }) => [...world.workspaces.list()]),
    depth: () => sum(sessions().map(({ operator }) => operator.stats.depth)),
    logReadings: () => sum(sessions().map(({ logs }) => logs.readings)),
    forwards: () => forwards.list().length,
    forwardConnections: () => forwards.connections,
    apiConnections: () => cluster.openSession?.kube.access.connections.view(),
    transport: () => cluster.openSession?.transport.status(),
    assets: () => cache?.status() ?? noAssetCache,
  });
  const tailnetFolder = join(config.home, 'state', 'tailnet');
  const tailnet = openTailnet(options.tailnet, {
    folder: tailnetFolder,
    env,
    onConnection: (socket, ends) => inbound.take(socket, ends),
    log,
  });
  const operator = operatorConfigFromEnv(env);
  const connection = { env, operator, ways, reach: tailnet, metrics };
  const cluster = createClusterConnection({
    ...connection,
    context: config.context,
    namespace: config.namespace,
    kept: createKeptContext(keptContextIn(config.home), log),
    ideUrl: workspaceUrl,
    localCluster: options.localCluster,
    log,
  });
  const peers = createPeers((end) => tailnet.whois(end), log);
  const scopeOptions: Omit<ScopeOptions, 'log'> = {
    mayWake: config.wake,
    rules: { configured: config.proxyTargets, allowAny: config.proxyAllowAnyTarget },
    ownPort: () => port,
    tailnet,
    localUser: localUserName(),
    // Where somebody else says who the peers are, they stay who they were.
    ...(options.peerOf === undefined ? { peers } : {}),
  };
  const own = createClusterScope(cluster, { ...scopeOptions, log });
  const contexts = createOpenContexts({
    cluster,
    make({ context, namespace }, as) {
      const its = log.child({ context });
      const opening = createClusterConnection({
        ...connection,
        context,
        namespace,
        kept: nothingKept,
        ideUrl: (id, asked) => workspaceUrl(as.id(id), asked),
        localCluster: undefined,
        log: its,
      });
      told.follow(opening, as);
      return createClusterScope(opening, { ...scopeOptions, log: its });
    },
    kept: createKeptOpen(keptOpenIn(config.home), defaultKubeconfig(env), log),
    log,
  });
  const finder = createFinder(own, contexts);
  const sessions = (): Session[] => [
    ...(cluster.openSession === undefined ? [] : [cluster.openSession]),
    ...otherSessions(contexts).map(({ session }) => session),
  ];
  const lists = joinedLists(own, contexts);
  const feed = createEventFeed(() => ({ ...lists.now(), cluster: cluster.state }));
  const stream = createWorkspaceStream();
  const told = createTold({ own: cluster, contexts, feed, stream, inbound: () => inbound });
  const followWorkspaces: FollowWorkspaces = async (lastId, signal) => {
    if (otherSessions(contexts).length === 0) await cluster.connected(signal);
    return stream.follow(lastId, signal);
  };
  cluster.onState((state) => feed.publish({ type: 'cluster', cluster: state }));
  cluster.onContexts(() => feed.publish({ type: 'contexts' }));
  told.follow(cluster);

  const presets = createPresets({
    file: join(config.home, 'presets.yaml'),
    base() {
      const own = cluster.state.source === 'local' ? options.localPresets : undefined;
      return config.presets ?? own ?? publicPresets;
    },
    changed: () => feed.publish({ type: 'presets' }),
    log,
  });
  const forwards = joinedForwards(own, contexts);
  const routes = (): RouteConfig => ({ originMode: config.originMode, ownOrigin });
  const proxyDebug = createProxyDebug({
    names,
    routes,
    resolver: resolverOf(finder, own),
    transportTo(target) {
      const there = finder.at(target.workspace ?? '').scope.cluster;
      return (there.openSession ?? there.session()).transport.statusTo(target);
    },
  });
  // An opener's argument is in the process list; root's links are for others, and behind a proxy all are the proxy's.
  const ownUser = config.publicUrl === undefined && process.platform === 'linux' ? process.getuid?.() : undefined;
  const doors = createDoors({ access, controlOrigin, workspaceUrl, ownUser: ownUser === 0 ? undefined : ownUser });
  const tailnetState = (): TailnetState => ({ ...tailnet.state, ...inbound.facts() });
  const fellowHosts = createFellowHosts({ tailnet, state: tailnetState, log });
  const startedAt = new Date();
  const status = (): HostStatus =>
    hostStatus({
      version,
      nodeVersion: process.version,
      url: controlOrigin(),
      startedAt,
      cluster: cluster.state,
      others: contexts.list().map(({ name, scope }) => ({ name, problem: scope.cluster.state.problem })),
      session: sessionFacts(cluster.openSession),
      ways,
      assets: cache?.status() ?? noAssetCache,
      tailnet: tailnetState(),
    });
  const gate = joinedGate(own, contexts, finder);
  const audit = createAudit({
    file: createAuditFile({ folder: join(config.home, 'state', 'audit'), log }),
    ownerOf: gate.ownerOf,
    tell(act, who) {
      const there = act.workspace === undefined ? undefined : finder.find(act.workspace);
      there?.scope.tell({ ...act, workspace: there.id }, who);
    },
  });
  const flags = options.settings?.flags ?? {};
  const services: Omit<RouterServices, keyof ScopeServices> = {
    version,
    status,
    settings: async () =>
      withChosenContext(
        options.settings?.report ?? (await readSettings(env, config.home, flags)).report,
        cluster.chosen,
        keptContextIn(config.home),
      ),
    authorities: () => shownAuthorities(join(config.home, 'state', 'certs')),
    examination: createOwnExamination({
      env,
      flags,
      home: config.home,
      certsFolder,
      chosen: () => cluster.chosen,
      tailnet,
      localCluster: options.localCluster,
      usesLocal: () => cluster.state.source === 'local',
    }),
    presets,
    peers,
    localCluster: createLocalClusterDesk(options.localCluster),
    lists,
    contexts,
    feed,
    followWorkspaces,
    proxyDebug,
    tailnet,
    tailnetState,
    fellowHosts,
    log,
  };
  const tailnetAddress = (id: string): string | undefined => inbound.addressOf(id);
  const answerers = createAnswerers({
    own: () => router,
    cluster,
    contexts,
    make: ({ scope, as }) =>
      createRouter({ ...services, ...scopeServices(scope, as, { doors, audit, tailnetAddress }) }),
  });
  const router: HostRouter = createRouter({
    ...services,
    cluster,
    shares: joinedShares(own, contexts),
    forwards,
    doors,
    guard: createCallGuard(gate, cluster),
    gate,
    audit,
    tailnetAddress,
    elsewhere: createElsewhere(answerers),
  });
  // Peers of the tailnet have the built UI: a development server hands out its developer's files.
  const devUi =
    config.uiDevOrigin === undefined
      ? undefined
      : createDevUi({ origin: config.uiDevOrigin, policy: () => developmentPolicy(frameSource()), log });
  const behind: Behind = {
    router,
    async followLogs(query, lastId, signal) {
      const { scope, id } = finder.at(query.target ?? '');
      const { logs } = await scope.cluster.connected(signal);
      return logs.follow(query.target === undefined ? query : { ...query, target: id }, lastId, signal);
    },
    followWorkspaces,
    guard: createOpenGuard({
      gate,
      audit,
      portOf(id) {
        const there = finder.find(id);
        const workspace = there?.scope.cluster.openSession?.world.workspaces.get(there.id);
        return workspace === undefined ? undefined : preferredPort(specPorts(workspace.spec))?.port;
      },
    }),
    metrics,
    sockets: createTerminalSockets((text) => {
      const { scope, id } = finder.at(text);
      return { id, terminals: async () => (await scope.cluster.connected()).terminals };
    }, log),
    uiDir: options.uiDir,
    upstream: ({ ask }) => upstreamOf(finder, own, ask),
    traffic: {
      begin(text, exchange) {
        const there = finder.find(text);
        return there?.scope.cluster.openSession?.workspaces.traffic.begin(there.id, exchange) ?? unwatched;
      },
    },
    cache,
    awaited: own.awaited,
    awaitedElsewhere: (ask) => (ask.kind === 'server' ? finder.find(ask.id)?.context?.awaited : undefined),
    mayWake: config.wake,
    log,
  };
  const dispatch = createFaceDispatch(
    {
      names,
      routes,
      access,
      entrance: createEntrance({
        access,
        controlOrigin,
        workspaceAt(authority) {
          const asked = askedHost(authority, names());
          return asked.kind === 'workspace' ? asked : undefined;
        },
        ownOrigin,
      }),
      ownOrigin: (_request, ask) => Promise.resolve(ownOrigin(ask)),
      lists: { '/api/servers': () => lists.serversNow() },
      userOf: (request) => access().ordinaryUser(request),
      frameSource,
      devUi,
      site: () => ({
        controlOrigins: controlOrigins(names()),
        sharedOrigin: config.originMode === 'path',
        ownOrigin: config.originMode === 'path' ? () => undefined : ownOrigin,
      }),
    },
    behind,
  );
  const inbound = createInbound({
    tailnet,
    peers,
    folder: tailnetFolder,
    fronted: () => options.tailnet?.config.front !== undefined && tailnet.state.mode === 'system',
    dispatchFor: (face) => createFaceDispatch(face, behind),
    onReachable: () => fellowHosts.moved(),
    log,
  });
  // An API server on the tailnet is not waited for longer than the tailnet is.
  let wasOnTailnet = false;
  tailnet.onChange(() => {
    const isOnTailnet = tailnet.state.phase === 'running';
    if (isOnTailnet && !wasOnTailnet && cluster.state.phase === 'offline') cluster.retry();
    if (isOnTailnet !== wasOnTailnet) fellowHosts.moved();
    wasOnTailnet = isOnTailnet;
  });
  // As the other hosts know them: of the context in use.
  cluster.onSession((session) => fellowHosts.use(session?.kube));
  cluster.onLeave(() => fellowHosts.use(undefined));

  async function start(): Promise<{ url: string; caFile: string }> {
    for (const unread of options.settings?.report.unread ?? []) log.warn({ unread }, unreadText(unread));
    certificates = await openCertificates({
      folder: join(config.home, 'state', 'certs'),
      userFolder: certsFolder,
      names: outerNames(config),
      log,
    });
    await presets.open();
    opened = await openAccess(join(config.home, 'state'), {
      rule: config.localAuth,
      // Behind a proxy of one's own every connection is the proxy's.
      peerUser: config.publicUrl === undefined ? createPeerUser() : () => Promise.resolve(undefined),
      peerOf: options.peerOf,
      log,
    });
    for (const risk of riskySettings(config)) log.warn(risk);
    try {
      server = await serveHttps({ listen: config.listen, certificates, dispatch, log });
    } catch (error) {
      throw await namingHolder(error, config);
    }
    ({ port } = server);
    // For programs on this machine, so whatever stands in front of us is not asked.
    const found = { url: originOf({ host: 'localhost', port }), caFile: certificates.caFile };
    besides = await writeHostFile(config.home, {
      ...found,
      pid: process.pid,
      startedAt: new Date().toISOString(),
    });
    if (besides !== undefined) log.warn({ url: besides.url, pid: besides.pid }, alsoRuns);
    log.info({ url: found.url }, 'GuildNet listens');
    const tailnetFront = options.tailnet?.config.front;
    if (tailnetFront !== undefined) {
      frontServer = await serveHttps({ listen: tailnetFront, certificates, dispatch: inbound.behindFront, log });
      log.info({ port: frontServer.port }, 'What a front of this machine passes on is taken');
    }
    contexts.start();
    cluster.start(options.source ?? 'auto');
    await tailnet.restore();
    await inbound.start();
    tailnet.start();
    return found;
  }

  async function startOrTell(): Promise<{ url: string; caFile: string }> {
    try {
      return await start();
    } catch (error) {
      throw diskRefusal(error, config.home) ?? error;
    }
  }

  async function stop(): Promise<void> {
    // A start under way is waited for, so that nothing of it is left behind.
    await starting?.catch((error: unknown) => log.debug({ err: error }, 'Stopping what did not start'));
    feed.close();
    stream.close();
    // While there is a cluster to tell: peers are sent on at once, and not when nobody has heard of this host for long.
    await fellowHosts.close();
    // Together: sockets end while the cluster's connection closes its tunnels.
    const ended = await Promise.allSettled([
      server?.close().finally(() => devUi?.close()),
      frontServer?.close(),
      contexts.stop(),
      own.close(),
      tailnet.stop(),
      inbound.close(),
      removeHostFile(config.home, process.pid, besides),
    ]);
    for (const end of ended)
      if (end.status === 'rejected') log.warn({ err: end.reason as unknown }, 'Part of the host did not stop cleanly');
    await audit.flush();
    log.info('GuildNet has stopped');
  }

  return {
    start: () => (starting ??= startOrTell()),
    stop: () => (stopping ??= stop()),
    router,
    client: createRouterClient(router, { context: { caller: { kind: 'in-process' } } }),
    workspaceUrl,
    signInLink: () => doors.signIn().url,
    passTo: (id) => access().passTo(id),
    trusts: (hostname, fingerprint) => certificates?.trusts(hostname, fingerprint) ?? false,
  };
}
