import { homeFinalizer } from '#contract/annotations.ts';
import { labels, workspaceApiVersion, workspaceKind } from '#contract/workspace.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';

/** What is sent to create a Workspace. One with a home is born with the finalizer: that spares the operator a write. */
export function newWorkspaceObject(
  { name, namespace }: { name: string; namespace: string },
  planned: { labels: Record<string, string>; spec: WorkspaceSpec },
): object {
  return {
    apiVersion: workspaceApiVersion,
    kind: workspaceKind,
    metadata: {
      name,
      namespace,
      labels: { ...planned.labels, [labels.managed]: 'true', [labels.id]: name },
      ...(planned.spec.home === undefined ? {} : { finalizers: [homeFinalizer] }),
    },
    spec: planned.spec,
  };
}
