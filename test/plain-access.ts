import { createClusterAccess } from '#host/kube/access/cluster-access.ts';
import type { ClusterAccess } from '#host/kube/access/cluster-access.ts';

/** The way to a stand-in for an API server that speaks plain HTTP on loopback and asks nobody who they are. */
export function plainAccess(server: string): ClusterAccess {
  const entry = { name: 'stand-in', file: '', line: undefined };
  return createClusterAccess({
    context: entry.name,
    namespace: undefined,
    server: new URL(server),
    cluster: { ...entry, fields: { server } },
    user: { ...entry, fields: {} },
  });
}
