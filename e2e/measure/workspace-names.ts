import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';

/** The workspaces that there are. */
export async function workspaceNames({ custom, name: namespace }: TestNamespace): Promise<string[]> {
  const where = { group: workspaceGroup, version: workspaceVersion, plural: workspacePlural, namespace };
  const { items } = (await custom.listNamespacedCustomObject(where)) as { items: { metadata: { name: string } }[] };
  return items.map(({ metadata }) => metadata.name);
}
