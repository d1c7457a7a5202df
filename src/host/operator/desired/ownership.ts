import type { V1ObjectMeta, V1OwnerReference } from '@kubernetes/client-node';
import { appLabels } from '#contract/app-labels.ts';
import { labels, workspaceApiVersion, workspaceKind } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';

/** Name (the Workspace's, if no other), namespace, labels and owner of everything that belongs to a Workspace; with it, it goes. */
export function ownedMeta(workspace: Workspace, name = workspace.metadata.name): V1ObjectMeta {
  const { name: id, namespace } = workspace.metadata;
  const all = { ...appLabels(id, workspace.spec.image, 'workspace'), ...ownLabels(id) };
  return { name, namespace, labels: all, ownerReferences: [ownerReference(workspace)] };
}

/** What we find our own by, pods too. Specification, "Workspace Launch Flow": the id label mirrors the name. */
export function ownLabels(name: string): Record<string, string> {
  return { [labels.managed]: 'true', [labels.id]: name };
}

function ownerReference({ metadata }: Workspace): V1OwnerReference {
  return {
    apiVersion: workspaceApiVersion,
    kind: workspaceKind,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Whose an object is: this Workspace's, an earlier Workspace's of the same name, or a stranger's. */
export function ownerOf(live: { metadata?: V1ObjectMeta }, workspace: Workspace): 'ours' | 'predecessor' | 'foreign' {
  const controller = live.metadata?.ownerReferences?.find((reference) => reference.controller === true);
  if (controller?.uid === workspace.metadata.uid) return 'ours';
  const sameKind = controller?.kind === workspaceKind && controller.apiVersion === workspaceApiVersion;
  return sameKind && controller.name === workspace.metadata.name ? 'predecessor' : 'foreign';
}
