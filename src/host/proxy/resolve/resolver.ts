import { isIP } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import { schemeOfPort } from '#contract/port-scheme.ts';
import type { World } from '../../kube/world.ts';
import { authorityText } from '../forms/ask.ts';
import type { ProxyAsk } from '../forms/ask.ts';
import type { TargetText } from '../forms/target-text.ts';
import type { ProxyTarget } from '../target.ts';
import { refusedAddress } from './address-policy.ts';
import type { AddressPolicy } from './address-policy.ts';
import { chooseOwnPod, notReady } from './choose-pod.ts';
import { directTarget } from './direct.ts';
import type { DirectOptions } from './direct.ts';
import { findInCluster, podBehind } from './in-cluster.ts';
import type { HostAsk } from './in-cluster.ts';
import type { LookUp } from './look-up.ts';
import { isConfigured, placeOf } from './place.ts';
import type { Place } from './place.ts';
import { podTarget } from './pod-target.ts';
import { chooseServer } from './server-order.ts';
import type { ServerAsk } from './server-order.ts';
import { tellNobody } from './step.ts';
import type { Tell } from './step.ts';

export interface TargetRules {
  /** PROXY_TARGETS: hosts that are dialled from here; without a port, on any. */
  configured: readonly Pick<TargetText, 'host' | 'port'>[];
  /** PROXY_ALLOW_ANY_TARGET. */
  allowAny: boolean;
}

export interface ClusterView {
  namespace: string;
  world: Pick<World, 'workspaces' | 'services' | 'podsOf'>;
  lookUp: LookUp;
}

export interface ResolverOptions {
  /** Throws when there is no cluster; what is configured is reached without one. */
  cluster(): ClusterView;
  rules: TargetRules;
  policy(): AddressPolicy | Promise<AddressPolicy>;
  resolve?: DirectOptions['resolve'];
  locate?: DirectOptions['locate'];
}

/** Finds where a request goes. Rejects with a GuildNetError that says why there is nowhere; `tell` hears of every rule on the way. */
export type Resolver = (ask: ProxyAsk, tell?: Tell) => Promise<ProxyTarget>;

const passedOver: ReadonlySet<string> = new Set(['forbidden', 'no_cluster', 'cluster_offline']);

function nowhere(at: HostAsk, place: Place, tell: Tell): GuildNetError {
  const what =
    place.kind === 'service' || place.kind === 'pod'
      ? `there is no Service and no pod "${place.name}" in the namespace ${place.namespace}`
      : 'it is no Service and no pod that we may see';
  const why = `${at.host} is not known: ${what}, and it is not one of PROXY_TARGETS.`;
  tell({ rule: 'place', outcome: 'refused', why });
  return new GuildNetError('forbidden', `${authorityText(at)} is not a target of this proxy: ${what}.`, {
    remedy:
      'Ask for a Service or pod of the cluster, or list it in PROXY_TARGETS. PROXY_ALLOW_ANY_TARGET=true opens everything that this machine can reach.',
    details: { host: at.host, port: at.port },
  });
}

/** The forms' resolution (specification, "Proxy Resolution Order"), over the live view and what is looked up besides. */
export function createResolver({ cluster, rules, policy, resolve, locate }: ResolverOptions): Resolver {
  const open = rules.allowAny;

  async function server(ask: ServerAsk, tell: Tell): Promise<ProxyTarget> {
    const { namespace, world, lookUp } = cluster();
    const { id } = ask;
    const workspace = world.workspaces.get(id);
    const service =
      workspace === undefined
        ? ((await lookUp.service(namespace, id)) ?? (await lookUp.serviceWithId(id)))
        : world.services.get(id);
    const choice = chooseServer({ ask, namespace, workspace, service }, tell);
    switch (choice.kind) {
      case 'host':
        return host(ask, choice, tell);
      case 'service':
        return podBehind(choice.service, choice, { ask, lookUp, open, tell });
      case 'own': {
        const pod = chooseOwnPod(choice.workspace, world.podsOf(id));
        if (pod !== undefined) return { ...podTarget(ask, pod, choice, tell), workspace: id };
        const error = notReady(choice.workspace);
        tell({ rule: 'pod', outcome: 'refused', why: error.message });
        throw error;
      }
    }
  }

  async function direct({ host, port, scheme }: HostAsk, anyRange: boolean, tell: Tell): Promise<ProxyTarget> {
    return directTarget(
      { host, port, scheme: scheme ?? schemeOfPort({ port }) },
      { policy: await policy(), anyRange, tell, locate, ...(resolve === undefined ? {} : { resolve }) },
    );
  }

  async function inCluster(ask: ProxyAsk, place: Place, at: HostAsk, tell: Tell): Promise<ProxyTarget | undefined> {
    const { namespace, world, lookUp } = cluster();
    if (place.kind === 'service' && place.namespace === namespace && world.workspaces.get(place.name) !== undefined) {
      tell({ rule: 'place', outcome: 'taken', why: `${at.host} is the workspace ${place.name}.` });
      const scheme = at.scheme === undefined ? {} : { scheme: at.scheme };
      return server({ kind: 'server', id: place.name, port: at.port, ...scheme }, tell);
    }
    return findInCluster(place, at, { ask, lookUp, open, tell });
  }

  async function host(ask: ProxyAsk, at: HostAsk, tell: Tell): Promise<ProxyTarget> {
    if (isConfigured(at, rules.configured)) {
      tell({ rule: 'place', outcome: 'taken', why: `${authorityText(at)} is one of PROXY_TARGETS.` });
      // Who writes down an address means it; what a name leads to is in the hands of whoever answers for the name.
      return direct(at, open || isIP(at.host) !== 0, tell);
    }
    // What is refused by its address is refused without asking anybody who has it.
    if (
      !open &&
      isIP(at.host) !== 0 &&
      refusedAddress({ address: at.host, port: at.port }, await policy()) !== undefined
    )
      return direct(at, false, tell);
    try {
      const place = placeOf(at.host, cluster().namespace);
      const found = await inCluster(ask, place, at, tell);
      if (found !== undefined) return found;
      if (!open) throw nowhere(at, place, tell);
    } catch (error) {
      // A name such as example.com may have been taken for a Service in a namespace that we may not look into; nor is a cluster needed.
      if (!open || !(error instanceof GuildNetError) || !passedOver.has(error.code)) throw error;
      tell({ rule: 'place', outcome: 'passed', why: error.message });
    }
    const why = `${at.host} is nothing of the cluster; PROXY_ALLOW_ANY_TARGET is on.`;
    tell({ rule: 'place', outcome: 'taken', why });
    return direct(at, true, tell);
  }

  return (ask, tell = tellNobody) =>
    ask.kind === 'server' ? server(ask, tell) : host(ask, { host: ask.host, port: ask.port, scheme: ask.scheme }, tell);
}
