/** What the other folders of the host use of this one to reach a cluster. */
export type { Kube } from './clients.ts';
export { connectKube } from './connect.ts';
export type { ClusterSource } from './source.ts';
