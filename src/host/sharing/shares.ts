import { capabilityPlural } from '#contract/capability.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Who } from '#contract/identity.ts';
import type { PolicyView, Share, ShareKind } from '#contract/shares.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { Session } from '../cluster/session.ts';
import { fromKubeError, hasStatus } from '../kube/errors.ts';
import { workspacePaths } from '../kube/workspace-paths.ts';
import type { Log } from '../observability/log.ts';
import type { Gate } from '../permission/gate.ts';
import { isSubject } from '../permission/grants.ts';
import { createEcho } from '../workspaces/echo.ts';
import { endOf, shareName, shareObject, shareOf, sharedActions, subjectOf } from './share-object.ts';

export interface ShareWish {
  id: string;
  with: string;
  can?: ShareKind | undefined;
  until?: string | undefined;
}

/** Shares of workspaces, kept as Capabilities of the cluster, so that each of its hosts knows them. */
export interface Shares {
  /** Those of workspaces that they may share, and those with them, the newest first; `id`: of this workspace. */
  list(who: Who, id?: string): Promise<Share[]>;
  /** Throws `bad_request`, `forbidden` for what they may not do themselves, `not_found`, and what the cluster says. */
  share(who: Who, wish: ShareWish): Promise<Share>;
  /** What it has opened is closed by then. Throws `not_found`. */
  revoke(id: string, share: string): Promise<void>;
  policy(): Promise<PolicyView>;
}

export interface SharesOptions {
  cluster: Pick<ClusterConnection, 'connected'>;
  gate: Pick<Gate, 'demandOf' | 'ownerOf' | 'mayShare'>;
  log: Log;
}

export function createShares({ cluster, gate, log }: SharesOptions): Shares {
  const sharesIn = ({ policies }: Session): Share[] =>
    policies
      .observed()
      .flatMap((one) => shareOf(one, Date.now()) ?? [])
      .toSorted((one, other) => (other.created_at ?? '').localeCompare(one.created_at ?? ''));

  /** Makes the Capability, or puts it in the place of the one that was made before. The API server refuses fields that its CRD is too old for. */
  async function put({ kube, policies }: Session, object: ReturnType<typeof shareObject>): Promise<void> {
    const paths = workspacePaths(kube.namespace, capabilityPlural);
    const { name } = object.metadata;
    // A field that is dropped in silence, as the name of the workspace, would make a share of everything.
    const query = { fieldValidation: 'Strict' };
    try {
      await kube.rest.json('POST', paths.collection, { body: object, query });
    } catch (error) {
      if (!hasStatus(error, 409)) throw fromKubeError(error, 'sharing the workspace');
      const before = policies.observed().find(({ metadata }) => metadata.name === name);
      const metadata = { ...object.metadata, resourceVersion: before?.metadata.resourceVersion };
      try {
        await kube.rest.json('PUT', paths.of(name), { body: { ...object, metadata }, query });
      } catch (failure) {
        throw fromKubeError(failure, 'sharing the workspace');
      }
    }
  }

  return {
    async list(who, id) {
      const all = sharesIn(await cluster.connected());
      return all.filter(
        (share) =>
          (id === undefined || share.workspace === id) &&
          ((who.kind === 'peer' && isSubject(share.with, who)) || gate.mayShare(who, share.workspace).allowed),
      );
    },
    async share(who, { id, with: whom, can = 'open', until }) {
      const subject = subjectOf(whom);
      const end = until === undefined ? undefined : endOf(until, Date.now());
      // Nobody gives what they do not have.
      for (const action of sharedActions[can]) {
        if (action !== 'launch') gate.demandOf({ who, action, id, opened: action === 'open' ? 'shell' : undefined });
      }
      const session = await cluster.connected();
      const workspace = session.world.workspaces.get(id);
      if (workspace === undefined) throw new GuildNetError('not_found', `There is no workspace "${id.slice(0, 80)}".`);
      const { name, uid } = workspace.metadata;
      const wanted = {
        workspace: { name, uid, namespace: session.kube.namespace },
        ...{ subject, can, until: end, by: gate.ownerOf(who) },
      };
      await put(session, shareObject(wanted));
      const find = (): Share | undefined =>
        sharesIn(session).find((one) => one.id === shareName(wanted) && one.can === can && one.until === end);
      await createEcho(session.policies.onChange)(() => find() !== undefined);
      log.info({ id, can, until: end }, 'A workspace was shared');
      return find() ?? { id: shareName(wanted), workspace: id, with: subject, can, ended: false };
    },
    async revoke(id, share) {
      const session = await cluster.connected();
      const found = (): boolean => sharesIn(session).some((one) => one.id === share && one.workspace === id);
      if (!found())
        throw new GuildNetError('not_found', `"${id.slice(0, 80)}" has no share "${share.slice(0, 80)}".`, {
          remedy: 'Somebody may have revoked it already.',
        });
      const { kube, policies } = session;
      try {
        await kube.rest.json('DELETE', workspacePaths(kube.namespace, capabilityPlural).of(share));
      } catch (error) {
        if (!hasStatus(error, 404)) throw fromKubeError(error, 'revoking the share');
      }
      await createEcho(policies.onChange)(() => !found());
      log.info({ id, share }, 'A share was revoked');
    },
    async policy() {
      const { policies } = await cluster.connected();
      const now = Date.now();
      const policy = policies.current();
      return {
        state: policy.state === 'unknown' ? 'unknown' : policy.present ? 'capabilities' : 'none',
        capabilities: policies.observed().map(({ metadata, read }) => {
          const spec = 'spec' in read ? read.spec : undefined;
          return {
            name: metadata.name,
            ...(metadata.shares === undefined ? {} : { shares: metadata.shares }),
            ...(spec === undefined ? {} : { spec }),
            ended: spec?.until !== undefined && Date.parse(spec.until) <= now,
            ...('problem' in read ? { problem: read.problem } : {}),
          };
        }),
      };
    },
  };
}
