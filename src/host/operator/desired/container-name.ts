/** The container of a workspace's pod that is the workspace; whatever else is in the pod was added by others. */
export const containerName = 'workspace';
