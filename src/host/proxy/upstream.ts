import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { Session } from '../cluster/session.ts';
import type { Log } from '../observability/log.ts';
import { containerName } from '../operator/desired/container-name.ts';
import { passwordSecretName } from '../operator/desired/password.ts';
import { ownStatus } from '../operator/failures/pod-state.ts';
import { credentialFor, maySignIn } from '../sign-in/present.ts';
import type { Credential } from '../sign-in/sign-in-kind.ts';
import type { Tailnet } from '../tailnet/tailnet.ts';
import { openExecOn } from '../terminal/open-exec.ts';
import { imageDigest } from './asset-cache/image-digest.ts';
import { witnessIn } from './asset-cache/witness.ts';
import type { ProxyAsk } from './forms/ask.ts';
import type { AddressPolicy, Endpoint } from './resolve/address-policy.ts';
import { mayConnect } from './resolve/direct.ts';
import { createLookUp } from './resolve/look-up.ts';
import type { LookUp } from './resolve/look-up.ts';
import { createResolver } from './resolve/resolver.ts';
import type { Resolver, TargetRules } from './resolve/resolver.ts';
import type { DirectTarget, PodTarget } from './target.ts';
import { directTransport } from './transport/direct.ts';
import { TunnelPool } from './transport/tunnel-pool.ts';
import type { Upstream } from './workspace-proxy.ts';

export interface UpstreamsOptions {
  cluster: ClusterConnection;
  rules: TargetRules;
  /** The port that we listen on, once it is known. */
  ownPort(): number;
  tailnet: Pick<Tailnet, 'dial' | 'locate' | 'state'>;
  log: Log;
}

export interface Upstreams {
  readonly resolver: Resolver;
  /** What serves what is asked for now, and the way there. Rejects with a GuildNetError when there is nothing. */
  of(ask: ProxyAsk): Promise<Upstream>;
  /** Ends the connections that go to no pod; the others are the cluster connection's. */
  close(): void;
}

async function addressesOf(server: string, locate: Tailnet['locate'], log: Log): Promise<Endpoint[]> {
  const { hostname, port, protocol } = new URL(server);
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const host = hostname.replace(/^\[|\]$/g, '');
  try {
    const located = await locate(host);
    const found = located === undefined ? await lookup(host, { all: true }) : [{ address: located }];
    return found.map(({ address }) => ({ address, port: number }));
  } catch (error) {
    // Then no name leads there from here.
    log.debug({ err: error }, 'The name of the API server has no address here');
    return [];
  }
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal }) => !internal).map(({ address }) => address);
}

/** The ways to everything that the proxy may be asked for. */
export function createUpstreams({ cluster, rules, ownPort, tailnet, log }: UpstreamsOptions): Upstreams {
  const known = new WeakMap<Session, { lookUp: LookUp; apiServers: Promise<Endpoint[]> }>();
  const factsOf = (session: Session) => {
    const { kube } = session;
    const facts = known.get(session) ?? {
      lookUp: createLookUp(kube),
      apiServers: addressesOf(kube.server, tailnet.locate, log),
    };
    known.set(session, facts);
    return facts;
  };
  // The live view may be behind while the cluster does not answer for a moment; the tunnel itself will tell.
  const current = (): Session => cluster.openSession ?? cluster.session();
  let policy: AddressPolicy = { own: [], ownPort: 0, apiServers: [] };

  /** What the workspace is shown. Where Secrets cannot be watched, its own is read, once for a page's burst of requests. */
  async function credentialOf(target: PodTarget, session: Session): Promise<Credential | undefined> {
    const { world, kube } = session;
    const workspace = target.workspace === undefined ? undefined : world.workspaces.get(target.workspace);
    if (workspace === undefined || !maySignIn(workspace)) return undefined;
    const name = passwordSecretName(workspace.metadata.name);
    if (world.secrets.state !== 'unavailable') return credentialFor(workspace, target.port, world.secrets.get(name));
    try {
      return credentialFor(workspace, target.port, await factsOf(session).lookUp.secret(kube.namespace, name));
    } catch (error) {
      // It then asks for its password itself.
      log.debug({ err: error, id: target.workspace }, 'The Secret of a workspace could not be read');
      return undefined;
    }
  }

  /** Whose assets they are, where the pod is a workspace's own and its image is known by its content. */
  function assetsOf({ workspace: id, namespace, pod, port }: PodTarget, session: Session): Upstream['assets'] {
    const { world, kube } = session;
    const workspace = id === undefined ? undefined : world.workspaces.get(id)?.metadata.uid;
    const image = imageDigest(ownStatus(world.pods.get(pod))?.imageID);
    if (workspace === undefined || image === undefined) return undefined;
    const openExec = openExecOn(kube.access);
    return {
      workspace,
      image,
      witness: witnessIn({ openExec, pod: { namespace, pod }, container: containerName, port }),
    };
  }

  const resolver = createResolver({
    cluster() {
      const session = current();
      return { namespace: session.kube.namespace, world: session.world, lookUp: factsOf(session).lookUp };
    },
    rules,
    async policy() {
      const session = cluster.openSession;
      const apiServers = session === undefined ? [] : await factsOf(session).apiServers;
      const ownInTailnet = tailnet.state.addresses ?? [];
      policy = { own: ownAddresses(), ownInTailnet, ownPort: ownPort(), apiServers };
      return policy;
    },
    locate: tailnet.locate,
  });
  const direct = new TunnelPool<DirectTarget>(
    directTransport({
      refuses: (target) => mayConnect(target, { policy, anyRange: target.anyRange }),
      dialTailnet: tailnet.dial,
    }),
    log,
  );

  return {
    resolver,
    async of(ask) {
      const target = await resolver(ask);
      if (target.kind === 'direct') return { target, tunnels: direct.to(target) };
      const session = current();
      const credential = await credentialOf(target, session);
      const assets = assetsOf(target, session);
      return {
        target,
        tunnels: session.tunnels.to(target),
        ...(credential === undefined ? {} : { credential }),
        ...(assets === undefined ? {} : { assets }),
      };
    },
    close: () => direct.close(),
  };
}
