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
import { createHttpLibrary } from './http-library.ts';
import { createRest } from './rest.ts';
import type { Rest } from './rest.ts';
import { createTransport } from './transport.ts';
import type { RequestObserver, Transport } from './transport.ts';

/** A cluster that answered and let us in: its clients, all over one pooled HTTP/1.1 transport. */
export interface Kube {
  /** For client-node's WebSocket parts (port-forward, exec). Its `makeApiClient` makes clients on our transport. */
  readonly config: KubeConfig;
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

/** A KubeConfig whose typed clients use our transport instead of client-node's own. */
class PooledKubeConfig extends KubeConfig {
  readonly #transport: Transport;
  readonly #server: string;

  constructor(source: KubeConfig, server: string, observe: RequestObserver | undefined) {
    super();
    this.loadFromOptions({
      clusters: source.clusters,
      users: source.users,
      contexts: source.contexts,
      currentContext: source.currentContext,
    });
    this.#server = server;
    this.#transport = createTransport(this, observe);
  }

  get transport(): Transport {
    return this.#transport;
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
  source: KubeConfig,
  facts: { namespace: string; server: string; version: string },
  observe?: RequestObserver,
): Kube {
  const config = new PooledKubeConfig(source, facts.server, observe);
  return {
    ...facts,
    config,
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    custom: config.makeApiClient(CustomObjectsApi),
    objects: KubernetesObjectApi.makeApiClient(config),
    rest: createRest(config.transport),
    close: () => config.transport.close(),
  };
}
