import { GuildNetError } from '#contract/errors.ts';
import type { Choice } from '../kubeconfig/choose.ts';
import { createPluginRegistry } from '../plugins/plugin-registry.ts';
import type { PluginRegistry } from '../plugins/plugin-registry.ts';
import type { TailnetReach } from '../../tailnet/tailnet.ts';
import { clusterAgent } from './cluster-agent.ts';
import type { ClusterAgent, PoolOptions } from './cluster-agent.ts';
import { createConnectionRegister } from './connection-register.ts';
import type { ConnectionRegister } from './connection-register.ts';
import type { Credential, CredentialSource } from './credential.ts';
import { credentialSourceOf } from './credential-source.ts';
import { impersonationHeaders } from './impersonation.ts';
import { lineTo } from './line.ts';
import { proxyFor } from './proxy-choice.ts';
import { tlsMaterialsOf } from './tls-material.ts';
import type { TlsMaterial } from './tls-material.ts';
import { unauthorizedError } from './unauthorized.ts';

/** What one request to the API server is made with, by Node's HTTP clients or by `ws`. It holds secrets. */
export interface Prepared {
  options: TlsMaterial['options'] & { identity: string; headers: Record<string, string | string[]> };
  /** Told the status of the answer. Resolves with true when it was 401 and other credentials can be had at once. */
  answered(status: number): Promise<boolean>;
}

/** The way to one API server: where it is, who we are there, and through which proxy. Requests, watches and tunnels all take it. */
export interface ClusterAccess {
  readonly context: string;
  /** As whom we act, as the kubeconfig has it: the user's name in it, or whom that impersonates. */
  readonly user: string;
  readonly namespace: string | undefined;
  /** URL of the API server, without anything secret. */
  readonly server: string;
  /** Rejects with a GuildNetError when credentials cannot be had; after 30 s at the latest. */
  prepare(): Promise<Prepared>;
  /** An agent for Node's HTTP clients, whose connections go through the proxy where there is one; it wants what `prepare` gives. */
  agent(pool: PoolOptions): ClusterAgent;
  /** All connections that its agents have made. */
  readonly connections: ConnectionRegister;
  /** Why the server answered 401, as far as the credentials themselves tell. */
  unauthorized(cause: unknown): Promise<GuildNetError>;
  /** Ends what it started and nobody else uses. */
  close(): void;
}

/** A program may wait for a person to log in, and goes on; a request that waits with it for ever is a hang. */
const credentialTimeoutMs = 30_000;

export interface AccessOptions {
  /** The credential plugins that are known already; without, the access has some of its own, which end with it. */
  plugins?: PluginRegistry | undefined;
  /** Where proxies are named, if the kubeconfig names none; our own environment when absent. */
  env?: NodeJS.ProcessEnv | undefined;
  /** What of a tailnet can be dialled: the API server may be there. */
  reach?: TailnetReach | undefined;
}

/** The way to the chosen cluster. Nothing is read or run yet. */
export function createClusterAccess(choice: Choice, options: AccessOptions = {}): ClusterAccess {
  const { server, user } = choice;
  const secure = server.protocol === 'https:';
  const plugins = options.plugins ?? createPluginRegistry();
  const tls = tlsMaterialsOf(choice);
  const source = credentialSourceOf(choice, plugins, tls.authority);
  const named = choice.cluster.fields['proxy-url'];
  // What a kubeconfig names counts for loopback, too (clientcmd, http.ProxyURL).
  const proxy = named ? new URL(named) : proxyFor(server, options.env ?? process.env);
  const impersonation = impersonationHeaders(user.fields);
  const connections = createConnectionRegister();

  return {
    context: choice.context,
    user: user.fields.as || user.name,
    namespace: choice.namespace,
    server: shownUrl(server),
    async prepare() {
      const credential = await withLimit(source, user.name);
      const { authorization } = credential;
      const { options, identity } = secure ? await tls.current(credential) : plain;
      return {
        options: {
          ...options,
          identity,
          headers: { ...impersonation, ...(authorization === undefined ? {} : { Authorization: authorization }) },
        },
        async answered(status) {
          if (status === 401) return source.refused(credential);
          source.accepted(credential);
          return false;
        },
      };
    },
    connections,
    agent: (pool) => clusterAgent({ secure, lay: lineTo(server, proxy, options.reach), register: connections }, pool),
    async unauthorized(cause) {
      const credential = await source.current();
      const { clientCertificate } = secure ? await tls.current(credential) : plain;
      return unauthorizedError(user, { authorization: credential.authorization, clientCertificate }, cause);
    },
    close() {
      if (options.plugins === undefined) plugins.close();
    },
  };
}

/** Without TLS there is nothing to verify. */
const plain: TlsMaterial = { options: {}, identity: '', clientCertificate: undefined };

function shownUrl(server: URL): string {
  const shown = new URL(server);
  shown.username = '';
  shown.password = '';
  return shown.href.replace(/\/$/, '');
}

async function withLimit(source: CredentialSource, user: string): Promise<Credential> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const said = source.said?.() ?? '';
    const words = `The credentials of the kubeconfig's user "${user}" could not be had within ${String(credentialTimeoutMs / 1000)} s${said === '' ? '' : `; the program that gives them says: ${said}`}.`;
    reject(
      new GuildNetError('cluster_unauthorized', words, {
        remedy: 'Log in to the cluster; it is tried again by itself.',
      }),
    );
  }, credentialTimeoutMs);
  try {
    return await Promise.race([source.current(), late]);
  } finally {
    clearTimeout(timer);
  }
}
