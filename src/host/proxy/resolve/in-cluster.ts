import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import type { ProxyAsk } from '../forms/ask.ts';
import type { PodTarget } from '../target.ts';
import { chooseServicePod } from './choose-pod.ts';
import { schemeFor } from './known-port.ts';
import type { LookUp } from './look-up.ts';
import type { Place } from './place.ts';
import { podTarget } from './pod-target.ts';
import type { PortAndScheme } from './pod-target.ts';
import { portOfService } from './server-order.ts';
import type { Tell } from './step.ts';

export interface HostAsk {
  host: string;
  port: number;
  scheme: PortScheme | undefined;
}

export interface Looking {
  ask: ProxyAsk;
  lookUp: LookUp;
  /** Pods on their node's network, too. */
  open: boolean;
  tell: Tell;
}

/** A pod behind a Service. Rejects with `unsupported`, `not_ready` or `forbidden`. */
export async function podBehind(service: V1Service, to: PortAndScheme, looking: Looking): Promise<PodTarget> {
  const { ask, lookUp, open, tell } = looking;
  const { metadata, spec } = service;
  const what = `The Service ${metadata?.name ?? ''}`;
  const selector = spec?.selector ?? {};
  if (Object.keys(selector).length === 0) {
    tell({ rule: 'pod', outcome: 'refused', why: `${what} selects no pods.` });
    throw new GuildNetError('unsupported', `${what} selects no pods, so there is nothing to open a tunnel to.`, {
      remedy: 'List the host behind it in PROXY_TARGETS, or ask for a Service with a selector.',
    });
  }
  const pods = await lookUp.podsOf(metadata?.namespace ?? '', selector);
  return podTarget(ask, chooseServicePod(pods, what, { open }), { ...to, service }, tell);
}

async function serviceAt(lookUp: LookUp, place: Exclude<Place, { kind: 'outside' }>): Promise<V1Service | undefined> {
  if (place.kind === 'address') return lookUp.serviceAt(place.address);
  return place.kind === 'service' ? lookUp.service(place.namespace, place.name) : undefined;
}

async function podAt(lookUp: LookUp, place: Exclude<Place, { kind: 'outside' }>): Promise<V1Pod | undefined> {
  return place.kind === 'address' ? lookUp.podAt(place.address) : lookUp.pod(place.namespace, place.name);
}

/** What of the cluster is at this place: a Service, else a pod; undefined when nothing is. */
export async function findInCluster(place: Place, at: HostAsk, looking: Looking): Promise<PodTarget | undefined> {
  if (place.kind === 'outside') return undefined;
  const { ask, lookUp, open, tell } = looking;
  const service = await serviceAt(lookUp, place);
  if (service !== undefined) {
    const where = `${service.metadata?.namespace ?? ''}/${service.metadata?.name ?? ''}`;
    tell({ rule: 'place', outcome: 'taken', why: `${at.host} is the Service ${where}.` });
    const port = portOfService(service, at.port);
    return podBehind(service, { port, scheme: schemeFor(port, at.scheme) }, looking);
  }
  const pod = await podAt(lookUp, place);
  if (pod === undefined) return undefined;
  const what = `the pod ${pod.metadata?.namespace ?? ''}/${pod.metadata?.name ?? ''}`;
  tell({ rule: 'place', outcome: 'taken', why: `${at.host} is ${what}.` });
  const port = { target: at.port, port: at.port };
  const chosen = chooseServicePod([pod], `${at.host}, ${what},`, { open });
  return podTarget(ask, chosen, { port, scheme: schemeFor(port, at.scheme) }, tell);
}
