import { createHash } from 'node:crypto';
import { workspaceGroup } from '#contract/workspace.ts';
import { differences } from './differs.ts';
import type { Difference } from './differs.ts';
import type { OperatorKube } from './clients.ts';
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
        resourceVersion?: string | undefined;
        annotations?: Record<string, string> | undefined;
      }
    | undefined;
}

const collections: Readonly<Record<string, string>> = {
  'apps/v1/Deployment': 'deployments',
  'v1/PersistentVolumeClaim': 'persistentvolumeclaims',
  'v1/Secret': 'secrets',
  'v1/Service': 'services',
  'networking.k8s.io/v1/Ingress': 'ingresses',
  'networking.k8s.io/v1/NetworkPolicy': 'networkpolicies',
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

/**
 * The object with its own hash as annotation: a field that is given up changes the hash, and so is seen and removed. Of a
 * Secret only the keys count, since annotations are copied to places where a password's hash must not be.
 */
export function withHash<T extends Applicable>(desired: T): T {
  const hash = createHash('sha256')
    .update(JSON.stringify(withoutSecrets(desired)))
    .digest('hex')
    .slice(0, 32);
  return {
    ...desired,
    metadata: { ...desired.metadata, annotations: { ...desired.metadata?.annotations, [desiredHashAnnotation]: hash } },
  };
}

function withoutSecrets(object: Applicable & { data?: unknown }): Applicable {
  const { data, ...rest } = object;
  if (object.kind !== 'Secret' || typeof data !== 'object' || data === null) return object;
  return { ...rest, data: Object.keys(data) } as Applicable;
}

/** What the live object lacks of what is desired (as `withHash` makes it), one by one. */
export function drifts(desired: Applicable, live: object): Generator<Difference, undefined> {
  // Inside a list the API server leaves these two out; the path it was read from says them.
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = desired;
  return differences(rest, live);
}

/** The path of the first field in which the live object is not what is desired, or undefined. */
export function drift(desired: Applicable, live: object): string | undefined {
  return drifts(desired, live).next().value?.path;
}

/** Whether the live object was last written by us for the same wish, so that what differs in it is somebody else's doing. */
export function isSameWish(desired: Applicable, live: Pick<Applicable, 'metadata'>): boolean {
  const hash = (object: Pick<Applicable, 'metadata'>): string | undefined =>
    object.metadata?.annotations?.[desiredHashAnnotation];
  return hash(live) !== undefined && hash(live) === hash(desired);
}

export interface ApplyOptions {
  /** Takes fields over from other managers. Never for an object that may not be ours. */
  force: boolean;
  subresource?: 'status';
  signal?: AbortSignal | undefined;
}

/**
 * Server-side apply: the server merges what we own and removes what we owned and no longer name. With `metadata.uid` it
 * is refused (409) when another object has come under the name, with `metadata.resourceVersion` when it has changed since. Rejects with StatusError and the transport's errors.
 */
export async function apply(kube: OperatorKube, object: Applicable, options: ApplyOptions): Promise<unknown> {
  const path = options.subresource === undefined ? objectPath(object) : `${objectPath(object)}/${options.subresource}`;
  return kube.rest.json('PATCH', path, {
    query: { fieldManager, force: options.force },
    body: object,
    contentType: 'application/apply-patch+yaml',
    signal: options.signal,
  });
}

/**
 * Deletes an object, and only the one with this `metadata.uid`: 409 when another has come under the name. What it owns goes in
 * the background. Rejects with StatusError and the transport's errors.
 */
export async function remove(kube: OperatorKube, object: Applicable, signal?: AbortSignal): Promise<void> {
  const uid = object.metadata?.uid;
  const body = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: 'Background',
    ...(uid === undefined ? {} : { preconditions: { uid } }),
  };
  await kube.rest.json('DELETE', objectPath(object), { body, signal });
}

/** The object under this path as the server has it now, or undefined when there is none. */
export async function readLive(kube: OperatorKube, object: Applicable, signal?: AbortSignal): Promise<unknown> {
  try {
    return await kube.rest.json('GET', objectPath(object), { signal });
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}
