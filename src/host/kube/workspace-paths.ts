import { workspaceApiVersion, workspacePlural } from '#contract/workspace.ts';

/** The API paths of a namespace's Workspaces, or of another resource of our group. */
export function workspacePaths(
  namespace: string,
  plural = workspacePlural,
): { collection: string; of: (id: string) => string } {
  const collection = `/apis/${workspaceApiVersion}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
  return { collection, of: (id) => `${collection}/${encodeURIComponent(id)}` };
}
