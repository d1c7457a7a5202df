import type { z } from 'zod';
import {
  workspaceApiVersion,
  workspaceGroup,
  workspaceKind,
  workspacePlural,
  workspaceVersion,
} from '#contract/workspace.ts';
import type { workspaceSpecSchema } from '#contract/workspace.ts';
import type { TestNamespace } from './create-namespace.ts';

/** Makes a Workspace as `kubectl apply` does, past GuildNet's own API; resolves with its uid. */
export async function createWorkspace(
  { custom, name: namespace }: TestNamespace,
  name: string,
  spec: z.input<typeof workspaceSpecSchema>,
): Promise<string> {
  const made = (await custom.createNamespacedCustomObject({
    group: workspaceGroup,
    version: workspaceVersion,
    plural: workspacePlural,
    namespace,
    body: { apiVersion: workspaceApiVersion, kind: workspaceKind, metadata: { name }, spec },
  })) as { metadata: { uid: string } };
  return made.metadata.uid;
}
