import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { appLabels } from '#contract/app-labels.ts';
import { annotations } from '#contract/annotations.ts';
import { baseNameOfImage } from '#contract/names.ts';
import { labels } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';
import { ownLabels } from '../desired/ownership.ts';
import { recordOf } from './home-record.ts';
import { homeClaimName } from './home-volume.ts';

/** As in the schema, for Workspaces that came in under a CRD without the default. */
const defaultSize = '10Gi';

/** The claim of a Workspace that has none yet. It has no owner: it outlives the Workspace. */
export function newClaim(workspace: Workspace): V1PersistentVolumeClaim {
  const { name, namespace, uid } = workspace.metadata;
  const storageClass = workspace.spec.home?.storageClass;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: homeClaimName(name),
      namespace,
      // Without a version: the home outlives it.
      labels: { ...appLabels(name, baseNameOfImage(workspace.spec.image), 'home'), ...ownLabels(name) },
      annotations: { [annotations.homeUser]: uid, [annotations.homeWorkspace]: recordOf(workspace) },
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: homeSize(workspace) } },
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    },
  };
}

/** The size that the home shall have. */
export function homeSize({ spec }: Workspace): string {
  return spec.home?.size ?? defaultSize;
}

/** Whether a claim is a home that we made: by its labels and its name, which have to agree. */
export function isHome(claim: V1PersistentVolumeClaim): boolean {
  const id = homeOf(claim);
  return id !== undefined && claim.metadata?.labels?.[labels.managed] === 'true';
}

/** The workspace whose home a claim is, or undefined when it is something else. */
export function homeOf(claim: V1PersistentVolumeClaim): string | undefined {
  const id = claim.metadata?.labels?.[labels.id];
  return id !== undefined && claim.metadata?.name === homeClaimName(id) ? id : undefined;
}

/** The uid of the Workspace that uses the home or did so last. */
export function userOf(claim: V1PersistentVolumeClaim): string | undefined {
  return claim.metadata?.annotations?.[annotations.homeUser];
}

/** The mark that says until when a home is kept that nobody uses. `readable` is false for what is not a time: it is kept. */
export function stampOf(
  claim: V1PersistentVolumeClaim,
): { text: string; readable: true; at: Date } | { text: string; readable: false } | undefined {
  const text = claim.metadata?.annotations?.[annotations.homeRetainUntil];
  if (text === undefined) return undefined;
  const at = timeOf(text);
  return at === undefined ? { text, readable: false } : { text, readable: true, at };
}

/** Until when the home was to be kept when its present Workspace took it over. */
export function promiseOf(claim: V1PersistentVolumeClaim): string | undefined {
  return claim.metadata?.annotations?.[annotations.homePromisedUntil];
}

/** Of two marks the one that keeps a home for longer: what is no time keeps it for good. */
export function laterMark(one: string, other: string | undefined): string {
  if (other === undefined) return one;
  const [oneAt, otherAt] = [timeOf(one), timeOf(other)];
  if (oneAt === undefined) return one;
  return otherAt === undefined || otherAt > oneAt ? other : one;
}

function timeOf(text: string): Date | undefined {
  const at = rfc3339.test(text) ? new Date(text) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at;
}

/** `Date` also reads "2027", "1" and "March 7"; nothing is deleted on the strength of those. */
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
