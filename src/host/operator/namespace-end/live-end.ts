import { z } from 'zod';
import { listOf, longest, most, openObject, textOf } from '#contract/bounded.ts';
import { homeFinalizer, rightsFinalizer } from '#contract/annotations.ts';
import { workspaceGroup, workspacePlural } from '#contract/workspace.ts';
import { isAllowed } from '../../kube/access-review.ts';
import { fieldManager } from '../../kube/apply.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { hasStatus } from '../../kube/errors.ts';
import { listAll } from '../../kube/list-watch.ts';
import type { Collection } from '../../kube/list-watch.ts';
import { workspacePaths } from '../../kube/workspace-paths.ts';
import type { Holder, Leaving } from './decide-end.ts';

/** The RoleBinding that outlives the others of its namespace. */
export const endBindingName = 'guildnet-namespace-end';

const name = textOf(longest.name);
const metaSchema = openObject({
  name,
  uid: textOf(longest.token),
  resourceVersion: textOf(longest.token),
  deletionTimestamp: textOf(longest.token).optional(),
  finalizers: listOf(textOf(longest.reason), most.entries).optional(),
});
const objectSchema = openObject({ metadata: metaSchema });
const subjectSchema = openObject({
  kind: textOf(longest.key),
  name: textOf(longest.reason),
  namespace: name.optional(),
});
const bindingSchema = openObject({ metadata: metaSchema, subjects: listOf(subjectSchema, most.entries).nullish() });
const workspaceSchema = openObject({ metadata: metaSchema, spec: openObject({ home: z.unknown() }).optional() });

/** An object as it was seen, for a write that is refused when it is another by now. */
export type Seen = z.infer<typeof objectSchema>;
export type SeenBinding = z.infer<typeof bindingSchema>;

export type HolderKind = 'binding' | 'account';

/** The few requests that the end of a namespace takes. All reject with the transport's errors. */
export interface LiveEnd {
  namespaceGoing(): Promise<boolean>;
  workspaces(): Promise<(Leaving & { seen: Seen })[]>;
  /** Undefined: there is none. */
  account(name: string): Promise<Seen | undefined>;
  letGo(workspace: Seen): Promise<void>;
  remove(workspace: Seen): Promise<void>;
  hold(what: HolderKind, seen: Seen): Promise<void>;
  free(what: HolderKind, seen: Seen): Promise<void>;
  /** Whether our right to let Workspaces go is one in the whole cluster, and so does not end with the namespace. */
  rightsOutlast(): Promise<boolean>;
}

export function liveEnd({ namespace, rest }: OperatorKube, signal: AbortSignal): LiveEnd {
  const namespacePath = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  const workspaces = workspacePaths(namespace);
  const accounts = `${namespacePath}/serviceaccounts`;
  const get = (path: string): Promise<unknown> => rest.json('GET', path, { signal });

  const collections = { binding: bindingCollection(namespace).path, account: accounts };

  const setFinalizer = async (
    collection: string,
    { metadata }: Seen,
    { finalizer, on, anyVersion = false }: { finalizer: string; on: boolean; anyVersion?: boolean },
  ): Promise<void> => {
    const { uid, resourceVersion } = metadata;
    const others = (metadata.finalizers ?? []).filter((one) => one !== finalizer);
    const finalizers = on ? [...others, finalizer] : others;
    await unlessGone(
      rest.json('PATCH', `${collection}/${encodeURIComponent(metadata.name)}`, {
        query: { fieldManager },
        body: { metadata: { uid, ...(anyVersion ? {} : { resourceVersion }), finalizers } },
        contentType: 'application/merge-patch+json',
        signal,
      }),
    );
  };
  return {
    namespaceGoing: async () => objectSchema.parse(await get(namespacePath)).metadata.deletionTimestamp !== undefined,
    workspaces: async () => {
      const { items } = await listAll(rest, { path: workspaces.collection }, signal);
      return items.map((item) => {
        const seen = workspaceSchema.parse(item);
        return { ...leavingOf(seen), seen };
      });
    },
    account: async (account) => {
      try {
        return objectSchema.parse(await get(`${accounts}/${encodeURIComponent(account)}`));
      } catch (error) {
        if (hasStatus(error, 404)) return undefined;
        throw error;
      }
    },
    remove: async ({ metadata }) => {
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: metadata.uid } };
      await unlessGone(rest.json('DELETE', workspaces.of(metadata.name), { body, signal }));
    },
    letGo: (seen) => setFinalizer(workspaces.collection, seen, { finalizer: homeFinalizer, on: false }),
    hold: (what, seen) => setFinalizer(collections[what], seen, { finalizer: rightsFinalizer, on: true }),
    // Whatever else has changed in it: there may be no second time, and one that is being deleted gets no new finalizers.
    free: (what, seen) =>
      setFinalizer(collections[what], seen, { finalizer: rightsFinalizer, on: false, anyVersion: true }),
    rightsOutlast: () =>
      isAllowed(rest, { group: workspaceGroup, resource: workspacePlural, verb: 'patch' }, { signal }),
  };
}

/** Nothing is left to do about what is gone; what has changed meanwhile is looked at again. */
async function unlessGone(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!hasStatus(error, 404) && !hasStatus(error, 409)) throw error;
  }
}

/** What is watched of RoleBindings: the one. */
export function bindingCollection(namespace: string): Collection {
  const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/rolebindings`;
  return { path, fieldSelector: `metadata.name=${endBindingName}` };
}

export function parseBinding(object: unknown): { value: SeenBinding } | { problem: string } {
  const parsed = bindingSchema.safeParse(object);
  return parsed.success ? { value: parsed.data } : { problem: z.prettifyError(parsed.error) };
}

/** The ServiceAccounts that a binding names and that go with its namespace. */
export function accountsOf({ subjects }: SeenBinding, namespace: string): string[] {
  const own = (subjects ?? []).filter((one) => one.kind === 'ServiceAccount' && one.namespace === namespace);
  return own.map((one) => one.name);
}

export function holderOf({ metadata }: Seen): Holder {
  const held = metadata.finalizers?.includes(rightsFinalizer) === true;
  return { name: metadata.name, held, going: metadata.deletionTimestamp !== undefined };
}

/** From a Workspace as it is on the wire, or in the live view, whatever is wrong with its spec. */
export function leavingOf(workspace: {
  metadata: { name: string; deletionTimestamp?: string | Date | undefined; finalizers?: readonly string[] | undefined };
  spec?: { home?: unknown } | undefined;
}): Leaving {
  const { name, deletionTimestamp, finalizers } = workspace.metadata;
  return {
    name,
    guarded: finalizers?.includes(homeFinalizer) === true,
    going: deletionTimestamp !== undefined,
    home: workspace.spec?.home !== undefined,
  };
}
