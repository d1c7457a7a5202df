import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import { loopbackName } from '../../access/loopback-names.ts';
import type { ProxyAsk } from '../forms/ask.ts';
import type { PodTarget } from '../target.ts';
import { containerPort } from './known-port.ts';
import type { KnownPort } from './known-port.ts';
import type { Tell } from './step.ts';

export interface PortAndScheme {
  port: KnownPort;
  scheme: PortScheme;
  /** The Service that leads there, if one does. */
  service?: V1Service | undefined;
}

function addressesOf(pod: V1Pod, service: V1Service | undefined): string[] {
  const all = [...(pod.status?.podIPs ?? []).map(({ ip }) => ip), ...(service?.spec?.clusterIPs ?? [])];
  return all.filter((address) => address !== 'None');
}

/** A pod and its port as a target. Throws `unsupported` when no container has the port's name. */
export function podTarget(ask: ProxyAsk, pod: V1Pod, { port, scheme, service }: PortAndScheme, tell: Tell): PodTarget {
  const { name = '', namespace = '', uid = '' } = pod.metadata ?? {};
  const number = containerPort(port.target, pod);
  if (number === undefined) {
    tell({ rule: 'pod', outcome: 'refused', why: `No container of ${name} has a port "${String(port.target)}".` });
    throw new GuildNetError('unsupported', `No container has a port called "${String(port.target)}".`, {
      remedy: 'Name a port of the container so, or give the Service a number as its target.',
      details: { pod: name },
    });
  }
  tell({ rule: 'pod', outcome: 'taken', why: `Pod ${name}, port ${String(number)}, ${scheme}.` });
  // The name that the browser knows it by: what its `Host` will say, with which servers compare it (RFC 6066, 3; RFC 9110, 7.4).
  const serverName = loopbackName(ask);
  const named = serverName === undefined ? {} : { serverName };
  const own = { addresses: addressesOf(pod, service), servicePort: port.port };
  return { namespace, pod: name, podUid: uid, port: number, scheme, ...named, ...own };
}
