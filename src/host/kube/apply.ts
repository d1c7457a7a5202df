import { createHash } from 'node:crypto';
import { workspaceGroup } from '#contract/workspace.ts';
import { firstDifference } from './differs.ts';
import type { Kube } from './clients.ts';
import { hasStatus } from './errors.ts';

export const fieldManager = 'guildnet-operator';
const desiredHashAnnotation = `${workspaceGroup}/desired-hash`;

/** What can be applied: a whole object with a name. Dates are the server's and never part of it. */
export interface Applicable {
  apiVersion?: string | undefined;
  kind?: string | undefined;
  metadata?:
    | {
        name?: string | undefined;
        namespace?: string | undefined;
        uid?: string | undefined;
        annotations?: Record<string, string> | undefined;
      }
    | undefined;
}

const collections: Readonly<Record<string, string>> = {
  'apps/v1/Deployment': 'deployments',
  'v1/Service': 'services',
  'guildnet.io/v1alpha1/Workspace': 'workspaces',
  'apiextensions.k8s.io/v1/CustomResourceDefinition': 'customresourcedefinitions',
};

/** The API path of an object: `/apis/apps/v1/namespaces/a/deployments/b`. Throws for kinds that we never write. */
export function objectPath({ apiVersion = '', kind = '', metadata }: Applicable): string {
  const collection = collections[`${apiVersion}/${kind}`];
  if (collection === undefined || metadata?.name === undefined)
    throw new TypeError(`no path is known for ${apiVersion} ${kind}`);
  const prefix = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${encodeURIComponent(metadata.namespace)}`;
  return `${prefix}${namespace}/${collection}/${encodeURIComponent(metadata.name)}`;
}

/** The object with its own hash as annotation: a field that is given up changes the hash, and so is seen and removed. */
export function withHash<T extends Applicable>(desired: T): T {
  const hash = createHash('sha256').update(JSON.stringify(desired)).digest('hex').slice(0, 32);
  return {
    ...desired,
    metadata: { ...desired.metadata, annotations: { ...desired.metadata?.annotations, [desiredHashAnnotation]: hash } },
  };
}

/** The path of the first field in which the live object is not what is desired (both as `withHash` makes them), or undefined. */
export function drift(desired: Applicable, live: object): string | undefined {
  // Inside a list the API server leaves these two out; the path it was read from says them.
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = desired;
  return firstDifference(rest, live)?.path;
}

export interface ApplyOptions {
  /** Takes fields over from other managers. Never for an object that may not be ours. */
  force: boolean;
  subresource?: 'status';
  signal?: AbortSignal | undefined;
}

/**
 * Server-side apply: the server merges what we own and removes what we owned and no longer name. With `metadata.uid` it
 * is refused (409) when another object has come under the name. Rejects with StatusError and the transport's errors.
 */
export async function apply(kube: Kube, object: Applicable, options: ApplyOptions): Promise<unknown> {
  const path = options.subresource === undefined ? objectPath(object) : `${objectPath(object)}/${options.subresource}`;
  return kube.rest.json('PATCH', path, {
    query: { fieldManager, force: options.force },
    body: object,
    contentType: 'application/apply-patch+yaml',
    signal: options.signal,
  });
}

/** The object under this path as the server has it now, or undefined when there is none. */
export async function readLive(kube: Kube, object: Applicable, signal?: AbortSignal): Promise<unknown> {
  try {
    return await kube.rest.json('GET', objectPath(object), { signal });
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}
