import { randomBytes } from 'node:crypto';
import { GuildNetError } from '#contract/errors.ts';
import { suffixedName } from '#contract/names.ts';
import type { Job, Server } from '#contract/server.ts';
import {
  labels,
  workspaceApiVersion,
  workspaceGroup,
  workspaceKind,
  workspacePlural,
  workspaceVersion,
} from '#contract/workspace.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { Kube } from '../kube/kube.ts';
import type { World } from '../kube/world.ts';
import type { Log } from '../observability/log.ts';
import { newWorkspace } from './new-workspace.ts';
import { createServerList } from './server-list.ts';
import type { ServerList } from './server-list.ts';

/** Names end in five random hex digits: two collisions in a row are one in a million, five do not happen. */
const nameAttempts = 5;
/** How long a caller's own change may take to come back by the watch before it is answered anyway. */
const echoMilliseconds = 3_000;

export interface Workspaces extends ServerList {
  /** Creates a Workspace under a fresh name. Throws `invalid_spec`, `create_failed`, or what the cluster says. */
  create(job: Job): Promise<{ id: string }>;
  /** Deletes a Workspace and, by owner references, all that belongs to it. Throws `not_found`. */
  remove(id: string): Promise<void>;
  /** Stops (scales to zero, keeps the rest) or starts a Workspace. Throws `not_found`. */
  setRunning(id: string, running: boolean): Promise<Server>;
}

export interface WorkspacesOptions {
  kube: Kube;
  world: World;
  ideUrl: (id: string) => string;
  log: Log;
}

export function notFound(id: string): GuildNetError {
  return new GuildNetError('not_found', `There is no workspace "${id.slice(0, 80)}".`, {
    remedy: 'It may have been deleted; the list shows what there is.',
    details: { id },
  });
}

/** The workspaces of one cluster: what there is, live, and what can be done with it. */
export function createWorkspaces({ kube, world, ideUrl, log }: WorkspacesOptions): Workspaces {
  const servers = createServerList(world, ideUrl);
  const collection = `/apis/${workspaceGroup}/${workspaceVersion}/namespaces/${encodeURIComponent(kube.namespace)}/${workspacePlural}`;
  const pathOf = (id: string): string => `${collection}/${encodeURIComponent(id)}`;

  /** Resolves when the list shows what was just done, so that who acts and then reads sees it. */
  async function echo(seen: () => boolean): Promise<void> {
    if (seen()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = servers.onChange(() => {
      if (seen()) resolve();
    });
    const timer = setTimeout(resolve, echoMilliseconds);
    await promise;
    clearTimeout(timer);
    end();
  }

  async function createNamed(name: string, planned: ReturnType<typeof newWorkspace>): Promise<'created' | 'taken'> {
    const body = {
      apiVersion: workspaceApiVersion,
      kind: workspaceKind,
      metadata: {
        name,
        namespace: kube.namespace,
        labels: { ...planned.labels, [labels.managed]: 'true', [labels.id]: name },
      },
      spec: planned.spec,
    };
    try {
      await kube.rest.json('POST', collection, { body });
      return 'created';
    } catch (error) {
      const shown = fromKubeError(error, `creating the workspace ${name}`);
      if (shown.code === 'conflict') return 'taken';
      if (shown.code !== 'internal' && shown.code !== 'upstream_failed') throw shown;
      throw new GuildNetError('create_failed', shown.message, {
        ...(shown.remedy === undefined ? {} : { remedy: shown.remedy }),
        cause: error,
      });
    }
  }

  return {
    ...servers,
    async create(job) {
      const planned = newWorkspace(job);
      for (let attempt = 0; attempt < nameAttempts; attempt += 1) {
        const id = suffixedName(planned.base, randomBytes(3).toString('hex'));
        if ((await createNamed(id, planned)) === 'taken') continue;
        log.info({ id, image: planned.spec.image }, 'A workspace was created');
        await echo(() => servers.get(id) !== undefined);
        return { id };
      }
      throw new GuildNetError('create_failed', `No free name was found for "${planned.base}".`, {
        remedy: 'Try again, or use another name.',
      });
    },
    async remove(id) {
      try {
        await kube.rest.json('DELETE', pathOf(id), { body: { propagationPolicy: 'Background' } });
      } catch (error) {
        const shown = fromKubeError(error, `deleting the workspace ${id}`);
        throw shown.code === 'not_found' ? notFound(id) : shown;
      }
      log.info({ id }, 'A workspace was deleted');
      await echo(() => servers.get(id)?.phase === 'Terminating' || servers.get(id) === undefined);
    },
    async setRunning(id, running) {
      try {
        await kube.rest.json('PATCH', pathOf(id), {
          body: { spec: { running } },
          contentType: 'application/merge-patch+json',
        });
      } catch (error) {
        const shown = fromKubeError(error, `${running ? 'starting' : 'stopping'} the workspace ${id}`);
        throw shown.code === 'not_found' ? notFound(id) : shown;
      }
      log.info({ id, running }, running ? 'A workspace was started' : 'A workspace was stopped');
      await echo(() => (world.workspaces.get(id)?.spec.running ?? true) === running);
      const server = servers.get(id);
      if (server === undefined) throw notFound(id);
      return server;
    },
  };
}
