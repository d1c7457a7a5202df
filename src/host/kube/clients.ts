import {
  AppsV1Api,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  ServerConfiguration,
} from '@kubernetes/client-node';
import type { ApiConstructor, ApiType } from '@kubernetes/client-node';
import type { ClusterAccess } from './access/cluster-access.ts';
import { createHttpLibrary } from './http-library.ts';
import { createRest } from './rest.ts';
import type { Rest } from './rest.ts';
import { createTransport } from './transport.ts';
import type { RequestObserver, Transport } from './transport.ts';

/** A cluster that answered and let us in: its clients, all over one pooled HTTP/1.1 transport. */
export interface Kube {
  /** For what is no plain request: tunnels take the same way. */
  readonly access: ClusterAccess;
  /** Where our Workspaces live. */
  readonly namespace: string;
  /** URL of the API server. */
  readonly server: string;
  /** gitVersion, such as `v1.37.2`. */
  readonly version: string;
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly custom: CustomObjectsApi;
  readonly objects: KubernetesObjectApi;
  readonly rest: Rest;
  /** Closes the pooled connections. */
  close(): void;
}

/**
 * What the operator has of a cluster. The typed clients are left out: the guard that keeps a host that does not lead from
 * writing sits in `rest`, and there is to be no way around it.
 */
export type OperatorKube = Pick<Kube, 'namespace' | 'rest'>;

/** Typed clients over our transport instead of client-node's own, which would do without proxies, rotating files and limits. */
class PooledKubeConfig extends KubeConfig {
  readonly #transport: Transport;
  readonly #server: string;

  constructor({ server, namespace }: { server: string; namespace: string }, transport: Transport) {
    super();
    const name = 'guildnet';
    this.loadFromOptions({
      clusters: [{ name, server, skipTLSVerify: false }],
      users: [{ name }],
      contexts: [{ name, cluster: name, user: name, namespace }],
      currentContext: name,
    });
    this.#server = server;
    this.#transport = transport;
  }

  override makeApiClient<T extends ApiType>(apiClient: ApiConstructor<T>): T {
    return new apiClient(
      createConfiguration({
        baseServer: new ServerConfiguration(this.#server, {}),
        httpApi: createHttpLibrary(this.#transport, this.#server),
        // The transport authenticates every request itself.
        authMethods: {},
      }),
    );
  }
}

/** The clients of a cluster that has not been contacted yet; `connectKube` is what makes sure that it can be. */
export function createKube(
  access: ClusterAccess,
  facts: { namespace: string; version: string },
  observe?: RequestObserver,
): Kube {
  const { server } = access;
  const transport = createTransport(access, observe);
  const config = new PooledKubeConfig({ server, namespace: facts.namespace }, transport);
  return {
    ...facts,
    access,
    server,
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    custom: config.makeApiClient(CustomObjectsApi),
    objects: KubernetesObjectApi.makeApiClient(config),
    rest: createRest(transport),
    close() {
      transport.close();
      access.close();
    },
  };
}
