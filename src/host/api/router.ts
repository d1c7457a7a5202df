import { implement, ORPCError } from '@orpc/server';
import type { ClusterState } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import { contract } from '#contract/routes.ts';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import type { DoctorReport } from '#contract/doctor.ts';
import type { HostStatus } from '#contract/host-status.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import type { ShownAuthority } from '#contract/authority.ts';
import type { SettingsReport } from '#contract/settings.ts';
import type { ShownPreset } from '#contract/presets.ts';
import type { Doors, LinkFor } from '../access/doors.ts';
import type { PeerUrls } from '../access/peer-urls.ts';
import { whoOf } from '../access/who.ts';
import type { Audit } from '../audit/audit.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { Session } from '../cluster/session.ts';
import type { Elsewhere } from '../contexts/context-call.ts';
import type { JoinedLists } from '../contexts/joined-lists.ts';
import type { OpenContexts } from '../contexts/open-contexts.ts';
import type { Forwards } from '../forwards/forwards.ts';
import type { Logs } from '../logs/logs.ts';
import type { Terminals } from '../terminal/terminals.ts';
import type { Log } from '../observability/log.ts';
import { readGrant } from '../permission/grants.ts';
import type { Shares } from '../sharing/shares.ts';
import type { Peers } from '../inbound/peers.ts';
import type { Presets } from '../presets/presets.ts';
import type { Who } from '#contract/identity.ts';
import { onlyLocal } from '../permission/call-guard.ts';
import type { CallGuard, Permit } from '../permission/call-guard.ts';
import type { Gate } from '../permission/gate.ts';
import { loginIn } from '../permission/login-name.ts';
import type { ProxyDebug } from '../proxy/debug/explain.ts';
import { readResources } from '../capacity/read-resources.ts';
import type { LocalClusterDesk } from '../capacity/local-images.ts';
import { readRights } from '../capacity/shown-rights.ts';
import { shownDefaults } from '../workspaces/image-defaults.ts';
import type { FellowHosts } from '../fellow-hosts/fellow-hosts.ts';
import type { EventFeed } from '../workspaces/event-feed.ts';
import type { LaunchedBy, Workspaces } from '../workspaces/service.ts';
import type { ChangingTailnet } from '../tailnet/changing.ts';
import { guarded } from './guarded.ts';
import type { HostContext } from './host-context.ts';
import { logEvents } from './log-events.ts';
import { workspaceEvents } from './workspace-events.ts';
import type { FollowWorkspaces } from './workspace-events.ts';
import { newRequestId } from './request-id.ts';
import { sendToTerminal, terminalEvents } from './terminal-events.ts';
import { bodyOf, toWireError } from './wire-errors.ts';

/** The resource, with its tag also where HTTP has it (RFC 9110, 8.8.3). */
function tagged<Tagged extends WorkspaceResource | ShownPreset>(context: HostContext, resource: Tagged): Tagged {
  context.setHeader?.('etag', resource.etag);
  return resource;
}

export interface RouterServices {
  version: string;
  status(): HostStatus;
  settings(): Promise<SettingsReport>;
  authorities(): Promise<ShownAuthority[]>;
  examination(): Promise<DoctorReport>;
  presets: Presets;
  shares: Shares;
  /** Where a workspace is in the tailnet; undefined while that is not known. */
  tailnetAddress(id: string): string | undefined;
  peers: Pick<Peers, 'seen'>;
  cluster: ClusterConnection;
  localCluster: LocalClusterDesk;
  /** Of all contexts that are open. */
  lists: JoinedLists;
  contexts: Pick<OpenContexts, 'shown' | 'open' | 'close'>;
  /** Who answers what names another context than the one in use; absent: nobody. */
  elsewhere?: Elsewhere;
  feed: EventFeed;
  followWorkspaces: FollowWorkspaces;
  forwards: Forwards;
  proxyDebug: ProxyDebug;
  doors: Doors;
  /** Whether each call may be made. */
  guard: CallGuard;
  gate: Gate;
  audit: Audit;
  tailnet: ChangingTailnet;
  /** With where its peers find this host. */
  tailnetState(): TailnetState;
  fellowHosts: Pick<FellowHosts, 'list'>;
  log: Log;
}

/** Of a call that nobody can give up. */
const never = new AbortController().signal;

/** Who calls, as they are asked for permission; undefined where nobody was asked who they are. */
function whoCalls({ caller }: HostContext): Who | undefined {
  if (caller.kind !== 'http') return { kind: 'local' };
  return caller.identity === undefined ? undefined : whoOf(caller.identity);
}

function urlsOf({ caller }: HostContext): PeerUrls | undefined {
  return caller.kind === 'http' ? caller.urls : undefined;
}

/** Who calls, as links remember it. */
async function callerOf({ caller }: HostContext, doors: Doors): Promise<LinkFor> {
  if (caller.kind !== 'http') return { user: doors.ownUser() };
  return { session: caller.identity?.session, user: await caller.user() };
}

/** Somebody of the tailnet of whom no more is known: what the tailnet itself grants them is not. */
function byLogin(text: string): Who {
  const login = loginIn(text);
  if (login === undefined)
    throw new GuildNetError('bad_request', `"${text.slice(0, 80)}" is no login of the tailnet.`, {
      remedy:
        'Give one such as anna@example.com. What tags, devices and groups may do say their own devices: GET /api/can-i there.',
      details: { field: 'as' },
    });
  return { kind: 'peer', login, device: { name: '-', id: '-' }, tags: [], capabilities: [] };
}

/** Who calls; of calls that are open to everyone nobody is asked. */
function callerIn(context: HostContext): Who {
  const who = whoCalls(context);
  if (who === undefined) throw new GuildNetError('unauthorized', 'It is not known who asks this.');
  return who;
}

function launchedBy({ owner, launch, launchFor }: Permit): LaunchedBy {
  return { owner, judge: launch, judgeOwner: launchFor };
}

/** The contract, implemented once for every face. */
export function createRouter(services: RouterServices) {
  const { version, status, settings, authorities, examination, presets, cluster, feed, followWorkspaces, forwards } =
    services;
  const { shares, tailnetAddress, peers, localCluster, lists, contexts, elsewhere } = services;
  const { proxyDebug, doors, tailnet, tailnetState, fellowHosts, guard, gate, audit, log } = services;
  const os = implement(contract)
    .$context<HostContext>()
    .use(async ({ context, path, next }) => {
      const requestId = context.requestId ?? newRequestId();
      try {
        return await next({ context: { requestId } });
      } catch (error) {
        const wire = toWireError(error, requestId);
        // What has crossed a router before was written down there.
        if (bodyOf(error) !== undefined) throw wire;
        const line = { requestId, call: path.join('.'), caller: context.caller.kind, code: wire.code };
        if (wire.status >= 500 && wire.code === 'internal')
          log.error(
            { ...line, err: error instanceof ORPCError ? error.cause : error },
            'A call failed inside GuildNet',
          );
        else log.info({ ...line, reason: wire.message }, 'A call was refused');
        throw wire;
      }
    })
    .use(async ({ context, path, signal, lastEventId, next }, input, output) => {
      // Asked whether it may be made there, and written down there.
      const there = elsewhere?.({ path, input, context, signal, lastEventId });
      return there === undefined ? next() : output(await there);
    })
    .use(({ context, path, signal, next }, input) =>
      guarded(
        { path, who: whoCalls(context), urls: urlsOf(context), input, signal },
        { guard, audit, requestId: context.requestId },
        (permit) => next({ context: { permit } }),
      ),
    );
  const workspaces = async (signal: AbortSignal | undefined): Promise<Workspaces> =>
    (await cluster.connected(signal)).workspaces;
  const stopAll = async (signal: AbortSignal | undefined): Promise<{ deleted: string[] }> => ({
    deleted: await (await workspaces(signal)).removeAll(),
  });
  // Made when it is first asked for: hardly anybody does.
  let document: Promise<Record<string, unknown>> | undefined;
  const openapi = (): Promise<Record<string, unknown>> =>
    (document ??= import('./openapi/document.ts').then(({ openApiDocument }) => openApiDocument(version)));
  const logs = async (signal: AbortSignal | undefined): Promise<Logs> => (await cluster.connected(signal)).logs;
  const terminals = async (signal: AbortSignal | undefined): Promise<Terminals> =>
    (await cluster.connected(signal)).terminals;
  /** With those that something listens at now. Who is not there is told so before anybody looks. */
  async function listeningPorts({ workspaces: own, looks }: Session, id: string): Promise<WorkspacePort[]> {
    own.resources.ports(id);
    const named = forwards.list(id).map(({ port }) => port);
    return own.resources.ports(id, await looks.at(id, named));
  }
  const clusterState = (): ClusterState => cluster.state;

  return os.router({
    host: {
      health: os.host.health.handler(() => ({ status: 'ok' as const })),
      live: os.host.live.handler(() => ({ status: 'ok' as const })),
      ready: os.host.ready.handler(() => {
        if (cluster.openSession !== undefined) return { status: 'ok' as const };
        throw new GuildNetError('not_ready', `There is no session with a cluster: it is ${cluster.state.phase}.`, {
          remedy: 'The host lives and goes on trying; /api/cluster says more.',
        });
      }),
      uiConfig: os.host.uiConfig.handler(({ context }) => ({
        name: 'GuildNet',
        version,
        local_auth: whoCalls(context)?.kind === 'peer' ? ('tailnet' as const) : doors.rule(),
      })),
      status: os.host.status.handler(status),
      settings: os.host.settings.handler(() => settings()),
      authorities: os.host.authorities.handler(() => authorities()),
      doctor: os.host.doctor.handler(() => examination()),
      openapi: os.host.openapi.handler(() => openapi()),
      watch: os.host.watch.handler(({ signal }) => feed.watch(signal)),
    },
    access: {
      link: os.access.link.handler(async ({ context }) => doors.signIn(await callerOf(context, doors))),
      signOut: os.access.signOut.handler(async ({ context }) => {
        const session = context.caller.kind === 'http' ? context.caller.identity?.session : undefined;
        if (session !== undefined) await doors.signOut(session);
        return { ended: session !== undefined };
      }),
      me: os.access.me.handler(({ context }) => {
        const who = callerIn(context);
        const refused = gate.refused(who);
        return {
          who: gate.ownerOf(who),
          local: who.kind === 'local',
          ...(who.kind === 'peer' ? { device: who.device.name } : {}),
          ...(refused.length === 0 ? {} : { refused }),
        };
      }),
      canI: os.access.canI.handler(({ input: { as, ...query }, context }) => {
        const who = whoCalls(context);
        if (as !== undefined && who?.kind !== 'local') throw onlyLocal();
        const asked: Who = as === undefined ? (who ?? { kind: 'local' }) : byLogin(as);
        return { ...gate.explain(asked, query), who: gate.ownerOf(asked) };
      }),
      audit: os.access.audit.handler(({ input }) => audit.recent(input)),
    },
    images: {
      list: os.images.list.handler(() => presets.offered()),
      defaults: os.images.defaults.handler(({ input }) => shownDefaults(input.image, presets.offered())),
    },
    presets: {
      list: os.presets.list.handler(() => presets.list()),
      get: os.presets.get.handler(({ input, context }) => tagged(context, presets.get(input.label))),
      create: os.presets.create.handler(async ({ input, context }) => {
        const made = await presets.create(input);
        context.setHeader?.('location', `/api/presets/${encodeURIComponent(made.label)}`);
        return tagged(context, made);
      }),
      replace: os.presets.replace.handler(async ({ input: { params, headers, body }, context }) =>
        tagged(context, await presets.replace(params.label, body, headers?.['if-match'])),
      ),
      delete: os.presets.delete.handler(async ({ input: { params, headers } }) => {
        await presets.remove(params.label, headers?.['if-match']);
        return { deleted: params.label };
      }),
      reset: os.presets.reset.handler(async ({ input, context }) => tagged(context, await presets.reset(input.label))),
    },
    workspaces: {
      create: os.workspaces.create.handler(async ({ input, context, signal }) => ({
        ...(await (await workspaces(signal)).create(input, presets.offered(), launchedBy(context.permit))),
        status: 'pending' as const,
      })),
      list: os.workspaces.list.handler(async ({ signal }) => [...(await lists.servers(signal))]),
      get: os.workspaces.get.handler(async ({ input, signal }) => (await workspaces(signal)).shown(input.id)),
      open: os.workspaces.open.handler(async ({ input, context, signal }) => {
        (await workspaces(signal)).shown(input.id);
        if (whoCalls(context)?.kind === 'local') return doors.open(input, await callerOf(context, doors));
        // A ticket would make the owner of a peer, who is known at the workspace as well as here.
        const urls = urlsOf(context);
        if (urls === undefined) throw onlyLocal();
        return { url: await urls.reachable(input.id, input.port) };
      }),
      env: os.workspaces.env.handler(async ({ input, context, signal }) => {
        const value = (await workspaces(signal)).envValue(input.id, input.name);
        // By name and never by value: who looks after this host can tell afterwards what was looked at.
        log.info({ ...input, requestId: context.requestId, caller: context.caller.kind }, 'A variable was asked for');
        return { name: input.name, value };
      }),
      delete: os.workspaces.delete.handler(async ({ input, signal }) => (await workspaces(signal)).remove(input.id)),
      purge: os.workspaces.purge.handler(async ({ input, signal }) =>
        (await workspaces(signal)).remove(input.id, { purgeHome: true }),
      ),
      stop: os.workspaces.stop.handler(async ({ input, signal }) =>
        (await workspaces(signal)).setRunning(input.id, false),
      ),
      start: os.workspaces.start.handler(async ({ input, signal }) =>
        (await workspaces(signal)).setRunning(input.id, true),
      ),
      restart: os.workspaces.restart.handler(async ({ input, signal }) => (await workspaces(signal)).restart(input.id)),
    },
    resources: {
      create: os.resources.create.handler(async ({ input, context, signal }) => {
        const own = await workspaces(signal);
        const { id } = await own.create(input, presets.offered(), launchedBy(context.permit));
        context.setHeader?.('location', `/api/workspaces/${id}`);
        return tagged(context, await own.resources.read(id));
      }),
      plan: os.resources.plan.handler(async ({ input, context, signal }) => ({
        manifest: await (await workspaces(signal)).plan(input, presets.offered(), launchedBy(context.permit)),
      })),
      list: os.resources.list.handler(({ input, signal }) => lists.page(input, signal)),
      follow: os.resources.follow.handler(async ({ input, lastEventId, context, signal = never }) =>
        workspaceEvents(
          // To a peer nothing is numbered (`shown-to.ts`), so that there is no place to go on from.
          await followWorkspaces(
            whoCalls(context)?.kind === 'local' ? (lastEventId ?? input.after) : undefined,
            signal,
          ),
          context.requestId,
        ),
      ),
      get: os.resources.get.handler(async ({ input, context, signal }) =>
        tagged(context, (await workspaces(signal)).resources.get(input.id)),
      ),
      patch: os.resources.patch.handler(async ({ input: { params, headers, query, body }, context, signal }) => {
        const { resources } = await workspaces(signal);
        const judge = context.permit.change;
        const dryRun = query?.dry_run === 'true';
        const options = { ifMatch: headers?.['if-match'], restart: query?.restart, dryRun, judge };
        const patched = await resources.patch(params.id, body, options);
        tagged(context, patched.workspace);
        return patched;
      }),
      delete: os.resources.delete.handler(async ({ input: { params, headers, query }, signal }) =>
        (await workspaces(signal)).remove(params.id, {
          purgeHome: query?.home === 'purge',
          ifMatch: headers?.['if-match'],
        }),
      ),
      events: os.resources.events.handler(async ({ input, signal }) =>
        (await workspaces(signal)).resources.events(input.id, signal),
      ),
      ports: os.resources.ports.handler(async ({ input, signal }) =>
        listeningPorts(await cluster.connected(signal), input.id),
      ),
      restore: os.resources.restore.handler(async ({ input, context, signal }) => {
        const own = await workspaces(signal);
        await own.homes.restore(input.id, context.permit.launch);
        return tagged(context, await own.resources.read(input.id));
      }),
      stop: os.resources.stop.handler(async ({ input, context, signal }) => {
        const own = await workspaces(signal);
        await own.setRunning(input.id, false);
        return tagged(context, own.resources.get(input.id));
      }),
      start: os.resources.start.handler(async ({ input, context, signal }) => {
        const own = await workspaces(signal);
        await own.setRunning(input.id, true);
        return tagged(context, own.resources.get(input.id));
      }),
      restart: os.resources.restart.handler(async ({ input, context, signal }) => {
        const own = await workspaces(signal);
        await own.restart(input.id);
        return tagged(context, own.resources.get(input.id));
      }),
    },
    shares: {
      list: os.shares.list.handler(({ context }) => shares.list(callerIn(context))),
      of: os.shares.of.handler(async ({ input: { id }, context }) => {
        const who = callerIn(context);
        const { owner } = (await workspaces(undefined)).shown(id);
        const urls = urlsOf(context);
        const address = urls === undefined ? tailnetAddress(id) : urls.workspace(id);
        const { certificate, name } = tailnetState();
        const at = address === undefined ? undefined : new URL(address).hostname;
        // A device that comes by a name with a certificate that it trusts has nothing to be told.
        const isKnown = certificate?.kind === 'tailnet' && at === name?.toLowerCase();
        const firstVisit = at === undefined || isKnown ? undefined : `http://${at}/`;
        const refused = gate.refused(who, id).find(({ what }) => what === 'share');
        return {
          workspace: id,
          ...(owner === undefined ? {} : { owner }),
          ...(address === undefined ? {} : { address }),
          ...(firstVisit === undefined ? {} : { first_visit: firstVisit }),
          shares: await shares.list(who, id),
          ...(refused === undefined ? {} : { refused }),
        };
      }),
      create: os.shares.create.handler(({ input, context }) => shares.share(callerIn(context), input)),
      revoke: os.shares.revoke.handler(async ({ input: { id, share } }) => {
        await shares.revoke(id, share);
        return { revoked: share };
      }),
      policy: os.shares.policy.handler(() => shares.policy()),
    },
    all: {
      stopAll: os.all.stopAll.handler(({ signal }) => stopAll(signal)),
      adminStopAll: os.all.adminStopAll.handler(({ signal }) => stopAll(signal)),
    },
    forwards: {
      list: os.forwards.list.handler(() => forwards.list()),
      stop: os.forwards.stop.handler(async ({ input }) => {
        await forwards.stop(input.forward);
        return { stopped: input.forward };
      }),
      ofWorkspace: os.forwards.ofWorkspace.handler(async ({ input, signal }) => {
        (await workspaces(signal)).shown(input.id);
        return forwards.list(input.id);
      }),
      open: os.forwards.open.handler(async ({ input: { id, ...wish }, signal }) => {
        await cluster.connected(signal);
        return forwards.open(id, wish);
      }),
      stopAll: os.forwards.stopAll.handler(async ({ input, signal }) => {
        (await workspaces(signal)).shown(input.id);
        return { stopped: await forwards.stopAll(input.id) };
      }),
    },
    homes: {
      list: os.homes.list.handler(async ({ signal }) => [...(await lists.homes(signal))]),
      restore: os.homes.restore.handler(async ({ input, context, signal }) => {
        await (await workspaces(signal)).homes.restore(input.id, context.permit.launch);
        return { id: input.id, status: 'pending' as const };
      }),
      delete: os.homes.delete.handler(async ({ input, signal }) => {
        await (await workspaces(signal)).homes.remove(input.id);
        return { deleted: input.id };
      }),
    },
    logs: {
      recent: os.logs.recent.handler(async ({ input, signal }) => (await logs(signal)).recent(input, signal)),
      server: os.logs.server.handler(
        async ({ input, signal }) => (await (await logs(signal)).recent(input, signal)).lines,
      ),
      follow: os.logs.follow.handler(async ({ input, lastEventId, context, signal = never }) =>
        logEvents(await (await logs(signal)).follow(input, lastEventId, signal), context.requestId),
      ),
    },
    terminals: {
      list: os.terminals.list.handler(async ({ input, signal }) => (await terminals(signal)).list(input.id)),
      open: os.terminals.open.handler(async ({ input: { id, cols, rows }, signal }) =>
        (await (await terminals(signal)).open(id, { cols, rows })).shown(),
      ),
      end: os.terminals.end.handler(async ({ input, signal }) => {
        await (await terminals(signal)).find(input.id, input.session).end();
        return { ended: input.session };
      }),
      follow: os.terminals.follow.handler(async ({ input: { id, session, cols, rows, after }, signal = never }) =>
        terminalEvents((await terminals(signal)).find(id, session), { size: { cols, rows }, after }, signal),
      ),
      send: os.terminals.send.handler(async ({ input, signal }) => {
        sendToTerminal((await terminals(signal)).find(input.id, input.session), input);
        return { sent: true } as const;
      }),
    },
    proxy: {
      debug: os.proxy.debug.handler(({ input, context }) => proxyDebug(input, context.requestId)),
    },
    tailnet: {
      get: os.tailnet.get.handler(() => tailnetState()),
      login: os.tailnet.login.handler(({ input }) => tailnet.login(input)),
      use: os.tailnet.use.handler(({ input }) => tailnet.use(input.mode)),
      logout: os.tailnet.logout.handler(() => tailnet.logout()),
      peers: os.tailnet.peers.handler(() =>
        peers.seen().map(({ login, device, tags, capabilities }) => {
          const unread = capabilities.flatMap((text) => {
            const read = readGrant(text);
            return 'problem' in read ? [read.problem] : [];
          });
          return { login, device: device.name, tags, grants: capabilities.length, unread };
        }),
      ),
      hosts: os.tailnet.hosts.handler(() => fellowHosts.list()),
      netcheck: os.tailnet.netcheck.handler(() => tailnet.netcheck()),
    },
    cluster: {
      get: os.cluster.get.handler(clusterState),
      startLocal: os.cluster.startLocal.handler(() => cluster.startLocal()),
      contexts: os.cluster.contexts.handler(() => contexts.shown()),
      use: os.cluster.use.handler(({ input }) => cluster.use(input)),
      open: os.cluster.open.handler(({ input }) => contexts.open(input)),
      close: os.cluster.close.handler(({ input }) => contexts.close(input.context)),
      retry: os.cluster.retry.handler(() => cluster.retry()),
      resources: os.cluster.resources.handler(async ({ signal }) =>
        readResources((await cluster.connected(signal)).kube, signal),
      ),
      rights: os.cluster.rights.handler(async ({ signal }) =>
        readRights((await cluster.connected(signal)).kube, signal),
      ),
      local: os.cluster.local.handler(() => localCluster.view()),
      stopLocal: os.cluster.stopLocal.handler(() => cluster.stopLocal()),
      localImages: os.cluster.localImages.handler(() => localCluster.images()),
      loadImage: os.cluster.loadImage.handler(async ({ input }) => ({
        images: await localCluster.load(input.archive),
      })),
      removeImage: os.cluster.removeImage.handler(async ({ input }) => ({
        removed: await localCluster.remove(input.name),
      })),
    },
  });
}

export type HostRouter = ReturnType<typeof createRouter>;
