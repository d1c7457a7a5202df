import type { ClusterAccess } from './access/cluster-access.ts';
import { createRest } from './rest.ts';
import type { Rest } from './rest.ts';
import { createTransport } from './transport.ts';
import type { RequestObserver } from './transport.ts';

/** A cluster that answered and let us in: its requests all go over one pooled HTTP/1.1 transport. */
export interface Kube {
  /** For what is no plain request: tunnels take the same way. */
  readonly access: ClusterAccess;
  /** Where our Workspaces live. */
  readonly namespace: string;
  /** URL of the API server. */
  readonly server: string;
  /** gitVersion, such as `v1.37.2`. */
  readonly version: string;
  readonly rest: Rest;
  /** Closes the pooled connections. */
  close(): void;
}

/** What the operator has of a cluster: the guard that keeps a host that does not lead from writing sits in `rest`, and there is to be no way around it. */
export type OperatorKube = Pick<Kube, 'namespace' | 'rest'>;

/** A cluster that has not been contacted yet; `connectKube` is what makes sure that it can be. */
export function createKube(
  access: ClusterAccess,
  facts: { namespace: string; version: string },
  observe?: RequestObserver,
): Kube {
  const { server } = access;
  const transport = createTransport(access, observe);
  return {
    ...facts,
    access,
    server,
    rest: createRest(transport),
    close() {
      transport.close();
      access.close();
    },
  };
}
