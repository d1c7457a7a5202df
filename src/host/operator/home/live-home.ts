import type { V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import { homeFinalizer } from '#contract/annotations.ts';
import { fieldManager } from '../../kube/apply.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { statusOf } from '../../kube/errors.ts';
import { withDates } from '../../kube/wire-dates.ts';
import { parseWorkspace } from '../../kube/workspace-object.ts';
import type { ObservedWorkspace } from '../../kube/workspace-object.ts';
import { workspacePaths } from '../../kube/workspace-paths.ts';
import { homeClaimName } from './home-volume.ts';

/**
 * The few requests that homes are handled with. Reads are live, from the API server and not from a copy; writes name the
 * version of the object that they were decided on, so that they are refused (409) when it is another one by now.
 */
export interface LiveHome {
  readClaim(): Promise<{ claim: V1PersistentVolumeClaim | undefined; now: Date | undefined }>;
  createClaim(claim: V1PersistentVolumeClaim): Promise<V1PersistentVolumeClaim>;
  /** A merge patch of a claim; `null` takes an annotation off. */
  patchClaim(claim: V1PersistentVolumeClaim, patch: ClaimPatch): Promise<V1PersistentVolumeClaim>;
  deleteClaim(claim: V1PersistentVolumeClaim): Promise<void>;
  /** `now`: the API server's clock when it answered. */
  readWorkspace(): Promise<{ workspace: ObservedWorkspace | undefined; now: Date | undefined }>;
  setGuard(workspace: ObservedWorkspace, on: boolean): Promise<ObservedWorkspace>;
  /** Names of the pods that have the claim among their volumes, whoever they belong to, and have not come to their end. */
  podsUsing(): Promise<string[]>;
}

export interface ClaimPatch {
  annotations?: Record<string, string | null>;
  size?: string;
}

/** Of the workspace `id` in the namespace of `kube`. All reject with the transport's errors; `signal` ends every request. */
export function liveHome(kube: OperatorKube, id: string, signal?: AbortSignal): LiveHome {
  const namespaced = `namespaces/${encodeURIComponent(kube.namespace)}`;
  const claims = `/api/v1/${namespaced}/persistentvolumeclaims`;
  const claimPath = `${claims}/${encodeURIComponent(homeClaimName(id))}`;
  const workspacePath = workspacePaths(kube.namespace).of(id);

  const read = async (path: string): Promise<{ object: unknown; now: Date | undefined }> => {
    let now: Date | undefined;
    const onDate = (date: Date): void => {
      now = date;
    };
    try {
      const object = await kube.rest.json('GET', path, { signal, onDate });
      return { object, now };
    } catch (error) {
      if (saysAbsent(error, path.slice(path.lastIndexOf('/') + 1))) return { object: undefined, now };
      throw error;
    }
  };
  const patch = (path: string, body: unknown): Promise<unknown> =>
    kube.rest.json('PATCH', path, {
      query: { fieldManager },
      body,
      contentType: 'application/merge-patch+json',
      signal,
    });
  return {
    readClaim: async () => {
      const { object, now } = await read(claimPath);
      return { claim: object === undefined ? undefined : asClaim(object), now };
    },
    createClaim: async (claim) =>
      asClaim(await kube.rest.json('POST', claims, { query: { fieldManager }, body: claim, signal })),
    patchClaim: async ({ metadata }, { annotations, size }) => {
      const body = {
        metadata: {
          uid: metadata?.uid,
          resourceVersion: metadata?.resourceVersion,
          ...(annotations === undefined ? {} : { annotations }),
        },
        ...(size === undefined ? {} : { spec: { resources: { requests: { storage: size } } } }),
      };
      return asClaim(await patch(claimPath, body));
    },
    deleteClaim: async ({ metadata }) => {
      if (metadata?.uid === undefined || metadata.resourceVersion === undefined)
        throw new TypeError('a claim without uid and resourceVersion is not deleted');
      const preconditions = { uid: metadata.uid, resourceVersion: metadata.resourceVersion };
      await kube.rest.json('DELETE', claimPath, { body: { preconditions }, signal });
    },
    readWorkspace: async () => {
      const { object, now } = await read(workspacePath);
      return { workspace: object === undefined ? undefined : asWorkspace(object), now };
    },
    setGuard: async ({ metadata }, on) => {
      const others = (metadata.finalizers ?? []).filter((one) => one !== homeFinalizer);
      const finalizers = on ? [...others, homeFinalizer] : others;
      const { resourceVersion, uid } = metadata;
      const object = await patch(workspacePath, { metadata: { uid, resourceVersion, finalizers } });
      return asWorkspace(object);
    },
    podsUsing: async () => {
      const pods: V1Pod[] = [];
      let next: string | undefined;
      do {
        const query = { limit: 500, continue: next };
        const page = listSchema.parse(await kube.rest.json('GET', `/api/v1/${namespaced}/pods`, { query, signal }));
        pods.push(...page.items);
        next = page.metadata.continue;
      } while (next !== undefined && next !== '');
      return pods.filter((pod) => uses(pod, homeClaimName(id))).map((pod) => pod.metadata?.name ?? '');
    },
  };
}

const listSchema = z.object({
  metadata: z.object({ continue: textOf(longest.url).optional() }),
  items: listOf(
    z.custom<V1Pod>((value) => typeof value === 'object' && value !== null),
    most.inAList,
  ),
});

/**
 * Whether the API server says that there is no object of this name. A 404 alone does not: a CRD that is gone or not served
 * yet, and proxies on the way, answer 404 as well, and then nothing is known.
 */
function saysAbsent(error: unknown, name: string): boolean {
  const status = statusOf(error);
  return status?.code === 404 && status.reason === 'NotFound' && status.details?.name === decodeURIComponent(name);
}

function uses(pod: V1Pod, claim: string): boolean {
  const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  return !ended && (pod.spec?.volumes ?? []).some((volume) => volume.persistentVolumeClaim?.claimName === claim);
}

function asClaim(object: unknown): V1PersistentVolumeClaim {
  return withDates(object as V1PersistentVolumeClaim);
}

function asWorkspace(object: unknown): ObservedWorkspace {
  const parsed = parseWorkspace(object);
  if ('problem' in parsed) throw new TypeError(`the API server sent a Workspace that is none: ${parsed.problem}`);
  return parsed.value;
}
