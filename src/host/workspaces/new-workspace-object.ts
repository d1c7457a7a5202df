import { homeFinalizer } from '#contract/annotations.ts';
import { appLabels } from '#contract/app-labels.ts';
import { baseNameOfImage } from '#contract/names.ts';
import { reservedFor } from '#contract/reserved-keys.ts';
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
      labels: {
        // Without a version: nobody writes it anew when the image is changed.
        ...appLabels(name, baseNameOfImage(planned.spec.image), 'workspace'),
        // A home's record, which others may have written, gives labels as well.
        ...Object.fromEntries(Object.entries(planned.labels).filter(([key]) => reservedFor(key) === undefined)),
        [labels.managed]: 'true',
        [labels.id]: name,
      },
      ...(planned.spec.home === undefined ? {} : { finalizers: [homeFinalizer] }),
    },
    spec: planned.spec,
  };
}
