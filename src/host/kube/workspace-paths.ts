import { workspaceApiVersion, workspacePlural } from '#contract/workspace.ts';

/** The API paths of a namespace's Workspaces. */
export function workspacePaths(namespace: string): { collection: string; of: (id: string) => string } {
  const collection = `/apis/${workspaceApiVersion}/namespaces/${encodeURIComponent(namespace)}/${workspacePlural}`;
  return { collection, of: (id) => `${collection}/${encodeURIComponent(id)}` };
}
