import { annotations } from '#contract/annotations.ts';
import { GuildNetError } from '#contract/errors.ts';
import { suffixedName } from '#contract/names.ts';
import { asked, isStopped } from '#contract/run-mode.ts';
import type { Preset } from '#contract/image-defaults.ts';
import type { Deleted, Job, Server } from '#contract/server.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { Kube } from '../kube/kube.ts';
import type { World } from '../kube/world.ts';
import type { Log } from '../observability/log.ts';
import type { Traffic } from '../proxy/traffic.ts';
import { createActivity } from './activity.ts';
import { createEcho } from './echo.ts';
import { envValue } from './env-value.ts';
import { underFreshName } from './fresh-name.ts';
import { createHomes } from './homes.ts';
import type { Homes } from './homes.ts';
import { passwordSecretName } from '../operator/desired/password.ts';
import { homeClaimName } from '../operator/home/home-volume.ts';
import { keptHomeOf } from './kept-home-of.ts';
import { newWorkspaceObject } from './new-workspace-object.ts';
import { newWorkspace } from './new-workspace.ts';
import type { NewWorkspace } from './new-workspace.ts';
import { noSuchWorkspace } from './no-such-workspace.ts';
import { plannedManifest } from './planned-manifest.ts';
import { createResources } from './resource/resources.ts';
import type { Resources } from './resource/resources.ts';
import { createServerList } from './server-list.ts';
import type { ServerList } from './server-list.ts';
import type { Reason } from './use/evidence.ts';
import { createUse } from './use/use.ts';
import type { TerminalWatch } from './use/watch-terminal.ts';
import { withEach } from './with-each.ts';
import { workspacePaths } from '../kube/workspace-paths.ts';

/** Stands for the random digits of a name in what is only planned. */
const unknownSuffix = 'xxxxx';

export interface Workspaces extends ServerList {
  /** The Server of the lists. Throws `not_found`, with the nearest names. */
  shown(id: string): Server;
  /** Creates a Workspace under a fresh name. Throws `invalid_spec`, `create_failed`, what the cluster says, or what `judge` does. */
  create(job: Job, presets: readonly Preset[], by?: LaunchedBy): Promise<{ id: string }>;
  /** What `create` would make, as the API server would take it now, and nothing is made. Throws as `create` does. */
  plan(job: Job, presets: readonly Preset[], by?: LaunchedBy): Promise<Record<string, unknown>>;
  /**
   * Deletes a Workspace and, by owner references, all that belongs to it. Its home is kept for as long as the Workspace says,
   * and the answer says until when; with `purgeHome` it goes as well. Throws `not_found`, and `precondition_failed` where `ifMatch` is
   * given and the workspace another by now.
   */
  remove(id: string, options?: { purgeHome?: boolean; ifMatch?: string | undefined }): Promise<Deleted>;
  /** Deletes all Workspaces; their homes are kept as with `remove`. The ids of those that were there. Throws what the first failure was. */
  removeAll(): Promise<string[]>;
  /** Stops (scales to zero, keeps the rest) or starts a Workspace. Throws `not_found`. */
  setRunning(id: string, running: boolean): Promise<Server>;
  /** Replaces the Workspace's pod. Throws `not_found`, and `conflict` when it is stopped. */
  restart(id: string): Promise<Server>;
  /** The value of one of the Workspace's environment variables. Throws `not_found`, and `unsupported` when only Kubernetes knows it. */
  envValue(id: string, name: string): string;
  readonly homes: Homes;
  readonly resources: Resources;
  /** Is told of all traffic to workspaces, and finds out which of them are in use. */
  readonly traffic: Traffic;
  /** The same of a program that somebody starts in a workspace. */
  terminalUse(id: string): TerminalWatch;
}

/** Who launches, and so whose it is unless they say another's. `judge` throws when they may not have such a one. */
export interface LaunchedBy {
  owner: string;
  judge?: ((planned: Pick<NewWorkspace, 'labels' | 'spec'>) => void) | undefined;
  /** Throws when what they launch may not be somebody else's. */
  judgeOwner?: ((owner: string) => void) | undefined;
}

export interface WorkspacesOptions {
  kube: Kube;
  world: World;
  ideUrl: (id: string, port?: number) => string;
  log: Log;
}

/** The workspaces of one cluster: what there is, live, and what can be done with it. */
export function createWorkspaces({ kube, world, ideUrl, log }: WorkspacesOptions): Workspaces {
  const activity = createActivity({ kube, world, log });
  const use = createUse({ workspaces: world.workspaces, used: activity.record });
  const useOf = (id: string): Reason | undefined => {
    const reason = use.reasonOf(id);
    return reason === undefined ? undefined : activity.inServerTime(reason);
  };
  const servers = createServerList(world, ideUrl, useOf);
  const homes = createHomes({ kube, world, log });
  const paths = workspacePaths(kube.namespace);
  const echo = createEcho(servers.onChange);
  const resources = createResources({ kube, world, servers, ideUrl, log });

  /** What is asked for, if they may have it. */
  function plannedBy(job: Job, presets: readonly Preset[], by: LaunchedBy | undefined): NewWorkspace {
    const planned = newWorkspace(job, presets);
    if (by === undefined) return planned;
    planned.spec.owner ??= by.owner;
    if (planned.spec.owner !== by.owner) by.judgeOwner?.(planned.spec.owner);
    by.judge?.(planned);
    return planned;
  }

  /** Asks the API server to make it, or with `dryRun` what it would make of it. */
  async function post(name: string, planned: NewWorkspace, query?: { dryRun: 'All' }): Promise<unknown> {
    const body = newWorkspaceObject({ name, namespace: kube.namespace }, planned);
    try {
      return await kube.rest.json('POST', paths.collection, { body, ...(query === undefined ? {} : { query }) });
    } catch (error) {
      const shown = fromKubeError(error, `creating the workspace ${name}`);
      if (shown.code !== 'internal' && shown.code !== 'upstream_failed') throw shown;
      throw new GuildNetError('create_failed', shown.message, {
        ...(shown.remedy === undefined ? {} : { remedy: shown.remedy }),
        cause: error,
      });
    }
  }

  async function createNamed(name: string, planned: NewWorkspace): Promise<'created' | 'taken'> {
    // The name may be that of a home that is kept: a new workspace would move in there.
    if (homes.get(name) !== undefined) return 'taken';
    try {
      await post(name, planned);
      return 'created';
    } catch (error) {
      if (error instanceof GuildNetError && error.code === 'conflict') return 'taken';
      throw error;
    }
  }

  /** Asks something of the API about one Workspace. */
  async function ask(
    id: string,
    doing: string,
    request: { method: 'PATCH' | 'DELETE'; body: object },
  ): Promise<unknown> {
    try {
      const { method, body } = request;
      const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      return await kube.rest.json(method, paths.of(id), { body, contentType });
    } catch (error) {
      const shown = fromKubeError(error, `${doing} the workspace ${id}`);
      throw shown.code === 'not_found' ? noSuchWorkspace(id, world) : shown;
    }
  }

  function shown(id: string): Server {
    const server = servers.get(id);
    if (server === undefined) throw noSuchWorkspace(id, world);
    return server;
  }

  async function remove(
    id: string,
    options: { purgeHome?: boolean; ifMatch?: string | undefined } = {},
  ): Promise<Deleted> {
    const { purgeHome = false, ifMatch } = options;
    const matched = ifMatch === undefined ? undefined : await resources.match(id, ifMatch);
    // Written down before the deletion, so that the home goes also when this host does not live to see it.
    if (purgeHome && world.workspaces.get(id)?.spec.home !== undefined) {
      await homes.giveUp(id);
      await ask(id, 'deleting', { method: 'PATCH', body: { spec: { home: { retain: '0s' } } } });
    }
    // By then it is another version, by our own change.
    const preconditions = purgeHome && matched !== undefined ? { uid: matched.uid } : matched;
    const body = { propagationPolicy: 'Background', ...(preconditions === undefined ? {} : { preconditions }) };
    const answer = await ask(id, 'deleting', { method: 'DELETE', body });
    const home = purgeHome ? undefined : keptHomeOf(answer, world.claims.get(homeClaimName(id)));
    log.info({ id, purgeHome, retainedUntil: home?.retained_until }, 'A workspace was deleted');
    await echo(() => servers.get(id)?.phase === 'Terminating' || servers.get(id) === undefined);
    return { deleted: id, ...(home === undefined ? {} : { home }) };
  }

  return {
    ...servers,
    homes,
    resources,
    shown,
    remove,
    async removeAll() {
      const ids = servers.list().flatMap(({ id, phase }) => (phase === 'Terminating' ? [] : [id]));
      const { done, failure } = await withEach(ids, async (id) => {
        await remove(id).catch((error: unknown) => {
          // Somebody else was quicker.
          if (!(error instanceof GuildNetError) || error.code !== 'not_found') throw error;
        });
      });
      if (failure === undefined) return done.toSorted();
      if (!(failure instanceof GuildNetError)) throw failure;
      throw new GuildNetError(failure.code, `Not all were deleted: ${failure.message}`, {
        ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
        details: { ...failure.details, deleted: done },
        cause: failure,
      });
    },
    traffic: use.traffic,
    terminalUse: use.terminal,
    envValue(id, name) {
      const workspace = world.workspaces.get(id);
      if (workspace === undefined) throw noSuchWorkspace(id, world);
      return envValue(workspace, name, world.secrets.get(passwordSecretName(id)));
    },
    async plan(job, presets, by) {
      const planned = plannedBy(job, presets, by);
      return plannedManifest(await post(suffixedName(planned.base, unknownSuffix), planned, { dryRun: 'All' }));
    },
    async create(job, presets, by) {
      const planned = plannedBy(job, presets, by);
      const id = await underFreshName(planned.base, (name) => createNamed(name, planned));
      log.info({ id, image: planned.spec.image }, 'A workspace was created');
      await echo(() => servers.get(id) !== undefined);
      return { id };
    },
    async setRunning(id, running) {
      const reason = running ? { metadata: { annotations: { [annotations.stopReason]: null } } } : {};
      const spec = asked(world.workspaces.get(id)?.spec, running ? 'Running' : 'Stopped');
      await ask(id, running ? 'starting' : 'stopping', { method: 'PATCH', body: { ...reason, spec } });
      log.info({ id, running }, running ? 'A workspace was started' : 'A workspace was stopped');
      await echo(() => isStopped(world.workspaces.get(id)?.spec ?? {}) !== running);
      return shown(id);
    },
    async restart(id) {
      if (isStopped(world.workspaces.get(id)?.spec ?? {}))
        throw new GuildNetError('conflict', `The workspace "${id}" is stopped.`, { remedy: 'Start it instead.' });
      const at = new Date().toISOString();
      const body = { metadata: { annotations: { [annotations.restartedAt]: at } } };
      await ask(id, 'restarting', { method: 'PATCH', body });
      log.info({ id }, 'A workspace was restarted');
      await echo(() => world.workspaces.get(id)?.metadata.annotations?.[annotations.restartedAt] === at);
      return shown(id);
    },
    stop() {
      use.stop();
      activity.stop();
      homes.stop();
      servers.stop();
    },
  };
}
