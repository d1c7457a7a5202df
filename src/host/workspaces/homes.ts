import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import { GuildNetError } from '#contract/errors.ts';
import { asked } from '#contract/run-mode.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { Kube } from '../kube/kube.ts';
import type { World } from '../kube/world.ts';
import type { Log } from '../observability/log.ts';
import { isHome, laterMark, promiseOf, stampOf } from '../operator/home/home-claim.ts';
import { readRecord } from '../operator/home/home-record.ts';
import type { HomeRecord } from '../operator/home/home-record.ts';
import { liveHome } from '../operator/home/live-home.ts';
import type { LiveHome } from '../operator/home/live-home.ts';
import { createEcho } from './echo.ts';
import { createHomeList } from './home-list.ts';
import type { HomeList } from './home-list.ts';
import { newWorkspaceObject } from './new-workspace-object.ts';
import { workspacePaths } from '../kube/workspace-paths.ts';

export interface Homes extends HomeList {
  /** Brings the workspace of a kept home back under its name. Throws `not_found`, `conflict` when it exists, what the cluster says, or what `judge` does. */
  restore(id: string, judge?: (record: HomeRecord) => void): Promise<void>;
  /** The workspace shall go with its home: what was promised of that does not hold any more. */
  giveUp(id: string): Promise<void>;
  /** Deletes a kept home and its files for good. Throws `not_found`, and `conflict` while its workspace exists. */
  remove(id: string): Promise<void>;
}

export interface HomesOptions {
  kube: Kube;
  world: World;
  log: Log;
}

/** The homes of one cluster: what there is, live, and what can be done with those that are kept. */
export function createHomes({ kube, world, log }: HomesOptions): Homes {
  const list = createHomeList(world);
  const paths = workspacePaths(kube.namespace);
  const echo = createEcho(list.onChange);

  /** What happens to a home is decided on what the cluster says now, not on a copy. */
  async function kept(id: string, live: LiveHome): Promise<V1PersistentVolumeClaim> {
    const [{ claim }, { workspace }] = await Promise.all([live.readClaim(), live.readWorkspace()]);
    if (claim === undefined || !isHome(claim)) throw noHome(id);
    if (workspace !== undefined) throw inUse(id, workspace.metadata.deletionTimestamp !== undefined);
    if (claim.metadata?.deletionTimestamp !== undefined) throw tooLate(id);
    return claim;
  }

  async function create(id: string, claim: V1PersistentVolumeClaim): Promise<void> {
    const record = readRecord(claim);
    if (record === undefined) throw unknownWorkspace(id);
    const spec = { ...record.spec, home: record.spec.home ?? {}, ...asked(record.spec, 'Running') };
    const body = newWorkspaceObject({ name: id, namespace: kube.namespace }, { labels: record.labels, spec });
    await kube.rest.json('POST', paths.collection, { body });
  }

  return {
    ...list,
    async restore(id, judge) {
      try {
        const live = liveHome(kube, id);
        const claim = await kept(id, live);
        const record = readRecord(claim);
        if (record === undefined) throw unknownWorkspace(id);
        judge?.(record);
        // First of all: without the mark, and as another version of itself, nobody deletes it any more. Should the rest fail,
        // the operator marks it anew, and its time begins again.
        const mark = stampOf(claim)?.text;
        const promise =
          mark === undefined ? {} : { [annotations.homePromisedUntil]: laterMark(mark, promiseOf(claim)) };
        const unmarked = { annotations: { [annotations.homeRetainUntil]: null, ...promise } };
        await create(id, await live.patchClaim(claim, unmarked));
      } catch (error) {
        throw fromKubeError(error, `restoring the workspace ${id}`);
      }
      log.info({ id }, 'A workspace was restored');
      await echo(() => world.workspaces.get(id) !== undefined);
    },
    async giveUp(id) {
      try {
        const live = liveHome(kube, id);
        const { claim } = await live.readClaim();
        if (claim === undefined || !isHome(claim) || promiseOf(claim) === undefined) return;
        await live.patchClaim(claim, { annotations: { [annotations.homePromisedUntil]: null } });
      } catch (error) {
        throw fromKubeError(error, `giving up the home of ${id}`);
      }
    },
    async remove(id) {
      try {
        const live = liveHome(kube, id);
        await live.deleteClaim(await kept(id, live));
      } catch (error) {
        throw fromKubeError(error, `deleting the home of ${id}`);
      }
      log.info({ id }, 'A kept home was deleted, as asked for');
      await echo(() => list.get(id)?.state !== 'kept');
    },
  };
}

function noHome(id: string): GuildNetError {
  return new GuildNetError('not_found', `No home of a workspace "${id.slice(0, 80)}" is kept.`, {
    remedy: 'Its time may be over; the list of homes shows what there is.',
    details: { id },
  });
}

function tooLate(id: string): GuildNetError {
  return new GuildNetError('not_found', `The home of "${id}" is being deleted already.`, { details: { id } });
}

function inUse(id: string, going: boolean): GuildNetError {
  return new GuildNetError(
    'conflict',
    going ? `The workspace "${id}" is still being deleted.` : `The home of "${id}" is in use: its workspace exists.`,
    {
      remedy: going
        ? 'Try again when it is gone; a GuildNet host has to be connected to the cluster for that.'
        : 'To be rid of both, delete the workspace together with its home.',
      details: { id },
    },
  );
}

function unknownWorkspace(id: string): GuildNetError {
  return new GuildNetError('invalid_spec', `The home of "${id}" does not say what its workspace was.`, {
    remedy: `Apply a Workspace named "${id}" with a home yourself: it takes this one over, with all files.`,
    details: { id },
  });
}
