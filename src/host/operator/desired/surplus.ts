import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import type { Desired } from './desired.ts';
import { ownerOf } from './ownership.ts';

/** What may be there of a Workspace beside its Deployment and Service, under the names that they have. */
export interface LiveExtras {
  secret?: { metadata?: V1ObjectMeta } | undefined;
  ingress?: { metadata?: V1ObjectMeta } | undefined;
  networkPolicy?: { metadata?: V1ObjectMeta } | undefined;
}

/** An object that shall go, and is the one that was looked at. */
export interface Surplus {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string; uid: string };
}

const kinds = {
  secret: { apiVersion: 'v1', kind: 'Secret' },
  ingress: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  networkPolicy: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
} as const satisfies Record<keyof LiveExtras, { apiVersion: string; kind: string }>;

/**
 * What an earlier spec or setting wanted and this one does not: an Ingress after the exposure changed, a password's Secret. Only
 * what belongs to this very Workspace; a stranger's object, and one that is going already, is left alone. Pure.
 */
export function surplus(wanted: Desired, live: LiveExtras, workspace: Workspace): Surplus[] {
  return (Object.keys(kinds) as (keyof LiveExtras)[]).flatMap((part) => {
    const metadata = live[part]?.metadata;
    if (wanted[part] !== undefined || metadata?.deletionTimestamp !== undefined) return [];
    if (metadata?.name === undefined || metadata.uid === undefined || ownerOf({ metadata }, workspace) !== 'ours')
      return [];
    const { name, uid } = metadata;
    return [{ ...kinds[part], metadata: { name, namespace: workspace.metadata.namespace, uid } }];
  });
}
