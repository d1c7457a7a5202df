import { GuildNetError } from '#contract/errors.ts';
import type { PatchedWorkspace, WorkspacePatch } from '#contract/workspace-patch.ts';
import type { WorkspaceEvent, WorkspacePort } from '#contract/workspace-events.ts';
import type { WorkspacePage, WorkspaceQuery, WorkspaceResource } from '#contract/workspace-resource.ts';
import type { Workspace } from '#contract/workspace.ts';
import { fromKubeError } from '../../kube/errors.ts';
import type { Kube } from '../../kube/kube.ts';
import { parseWorkspace } from '../../kube/workspace-object.ts';
import type { ObservedWorkspace } from '../../kube/workspace-object.ts';
import { workspacePaths } from '../../kube/workspace-paths.ts';
import type { World } from '../../kube/world.ts';
import type { OpenPorts } from '../../listening/port-looks.ts';
import type { Log } from '../../observability/log.ts';
import { isoTime } from '../server-view.ts';
import type { IdeUrl } from '../server-view.ts';
import type { ServerList } from '../server-list.ts';
import { createEcho } from '../echo.ts';
import { noSuchWorkspace } from '../no-such-workspace.ts';
import { currentPod } from '../../operator/standing.ts';
import { eventsOf } from './events.ts';
import { portsOf } from './port-view.ts';
import { checkIfMatch, tagOf } from './etag.ts';
import { effectOf } from './patch-effect.ts';
import { fittingOf, pageOfFitting } from './listed.ts';
import type { Fitting } from './listed.ts';
import { planPatch } from './planned-patch.ts';
import { toResource } from './resource-view.ts';
import type { TrackResources } from '../stream/workspace-stream.ts';
import { trackResources } from './track-resources.ts';

export interface PatchOptions {
  ifMatch?: string | undefined;
  /** now: a running workspace gets another pod at once where the patch needs one; otherwise from its next start on. */
  restart?: 'now' | 'next-start' | undefined;
  dryRun?: boolean | undefined;
  /** Throws when whoever asks may not make this of it. */
  judge?:
    | ((change: { now: Workspace; wanted: Pick<Workspace, 'spec'> & { labels: Record<string, string> } }) => void)
    | undefined;
}

/** Workspaces as `/api/workspaces` shows them. */
export interface Resources {
  list(query: WorkspaceQuery): WorkspacePage;
  /** All that such a list is a page of. */
  fitting(query: WorkspaceQuery): Fitting[];
  /** Throws `not_found`, with the nearest names. */
  get(id: string): WorkspaceResource;
  /** The same of one that was just made, which the live view may not know yet. */
  read(id: string): Promise<WorkspaceResource>;
  /** What the cluster has told of it. Throws `not_found`, or what the cluster says. */
  events(id: string, signal?: AbortSignal): Promise<WorkspaceEvent[]>;
  /** Those that are declared, and of the others those that are `open`. Throws `not_found`. */
  ports(id: string, open?: OpenPorts): WorkspacePort[];
  /** Throws `not_found`, `precondition_failed`, `invalid_spec`, and `conflict` where its state does not allow it. */
  patch(id: string, patch: WorkspacePatch, options?: PatchOptions): Promise<PatchedWorkspace>;
  /** All of them, newest first, and every change of what is shown of one, until it is stopped. */
  track: TrackResources;
  /** Throws `precondition_failed` when the workspace is another by now; what it is now, otherwise. */
  match(id: string, ifMatch: string): Promise<{ uid: string; resourceVersion: string }>;
}

export interface ResourcesOptions {
  kube: Kube;
  world: World;
  servers: ServerList;
  ideUrl: IdeUrl;
  log: Log;
}

/** Somebody else writes in the middle: five times in a row only where something is wrong. */
const attempts = 5;
/** Nobody waits longer for a list of events. */
const longestMs = 30_000;

export function createResources({ kube, world, servers, ideUrl, log }: ResourcesOptions): Resources {
  const paths = workspacePaths(kube.namespace);
  const echo = createEcho(servers.onChange);

  const shown = (workspace: Workspace): WorkspaceResource => {
    const id = workspace.metadata.name;
    return toResource(workspace, { deployment: world.deployments.get(id), server: servers.get(id), url: ideUrl(id) });
  };

  function there(id: string): ObservedWorkspace {
    const workspace = world.workspaces.get(id);
    if (workspace === undefined) throw noSuchWorkspace(id, world);
    return workspace;
  }

  /** The object as the API server has it, or makes it. */
  async function ask(id: string, doing: string, body?: object, dryRun = false): Promise<ObservedWorkspace> {
    try {
      const answer =
        body === undefined
          ? await kube.rest.json('GET', paths.of(id))
          : await kube.rest.json('PATCH', paths.of(id), {
              body,
              contentType: 'application/merge-patch+json',
              ...(dryRun ? { query: { dryRun: 'All' } } : {}),
            });
      const parsed = parseWorkspace(answer);
      if ('value' in parsed) return parsed.value;
      throw new GuildNetError('upstream_failed', `The workspace "${id}" cannot be read: ${parsed.problem}.`);
    } catch (error) {
      const told = fromKubeError(error, `${doing} the workspace ${id}`);
      throw told.code === 'not_found' ? noSuchWorkspace(id, world) : told;
    }
  }

  async function tryPatch(id: string, patch: WorkspacePatch, options: PatchOptions): Promise<PatchedWorkspace> {
    const live = await ask(id, 'reading');
    checkIfMatch(options.ifMatch, tagOf(live));
    if (live.metadata.deletionTimestamp !== undefined)
      throw new GuildNetError('conflict', `The workspace "${id}" is being deleted.`, { details: { id } });
    const { specProblem } = live;
    if (specProblem !== undefined)
      throw new GuildNetError('conflict', `The spec of "${id}" cannot be used as it is: ${specProblem}.`, {
        remedy: `Mend it first: kubectl edit workspace ${id}.`,
        details: { id },
      });
    const plan = planPatch(live, patch);
    options.judge?.({ now: live, wanted: plan.wanted });
    const { resourceVersion } = live.metadata;
    const body = { metadata: { resourceVersion, labels: plan.labels }, spec: plan.spec };
    // What it comes to, defaults and admission included, and whether it is let pass at all.
    const after = await ask(id, 'changing', body, true);
    const effect = effectOf({ live, after, plan, deployment: world.deployments.get(id), restart: options.restart });
    const answer = { changed: plan.changed, restarts: plan.restarts, takes_effect: effect.takesEffect };
    if (options.dryRun === true) return { workspace: shown(after), ...answer, dry_run: true };
    if (effect.takesEffect === 'nothing-changed') return { workspace: shown(live), ...answer, dry_run: false };
    const written = await ask(id, 'changing', {
      ...body,
      metadata: { ...body.metadata, annotations: effect.annotations },
    });
    log.info({ id, ...answer }, 'A workspace was changed');
    const { generation = 0 } = written.metadata;
    await echo(() => (world.workspaces.get(id)?.metadata.generation ?? 0) >= generation);
    return { workspace: shown(written), ...answer, dry_run: false };
  }

  const fitting = (query: WorkspaceQuery): Fitting[] =>
    fittingOf(world.workspaces.list(), query, {
      deployment: (id) => world.deployments.get(id),
      place: ({ metadata }) => ({ created: isoTime(metadata.creationTimestamp) ?? '', id: metadata.name }),
      shown,
    });

  return {
    list: (query) => pageOfFitting(fitting(query), query),
    fitting,
    get: (id) => shown(there(id)),
    events: (id, signal = AbortSignal.timeout(longestMs)) => eventsOf(there(id), { kube, world }, signal),
    track: (onChange) => trackResources({ world, servers, shown, onChange }),
    ports: (id, open) => portsOf(there(id), currentPod(world.podsOf(id)), ideUrl, open),
    read: async (id) => shown(world.workspaces.get(id) ?? (await ask(id, 'reading'))),
    async patch(id, patch, options = {}) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await tryPatch(id, patch, options);
        } catch (error) {
          // Only the API server's own; ours say what is in the way.
          const isRace = error instanceof GuildNetError && error.code === 'conflict' && error.cause !== undefined;
          if (!isRace || attempt === attempts) throw error;
        }
      }
    },
    async match(id, ifMatch) {
      const live = await ask(id, 'reading');
      checkIfMatch(ifMatch, tagOf(live));
      return { uid: live.metadata.uid, resourceVersion: live.metadata.resourceVersion };
    },
  };
}
