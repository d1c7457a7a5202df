import type { V1Service, V1ServicePort } from '@kubernetes/client-node';
import { schemeOfPort } from '#contract/port-scheme.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { exposureOf, ingressHost } from './exposure.ts';
import { containerPorts, proxyPort } from './ports.ts';

/**
 * Specification, "Server Listing & Logs": `https://<id>.<domain>/` behind an Ingress, `http(s)://<address>:<port>/` behind a load
 * balancer once it has an address; undefined where there is nothing to reach from outside.
 */
export function externalUrl(
  workspace: Workspace,
  config: OperatorConfig,
  service: V1Service | undefined,
): string | undefined {
  const exposure = exposureOf(workspace.spec, config);
  if (exposure.type === 'Ingress') {
    if (proxyPort(containerPorts(workspace.spec)) === undefined) return undefined;
    return `https://${ingressHost(workspace, exposure.domain)}/`;
  }
  return exposure.type === 'LoadBalancer' ? loadBalancerUrl(service) : undefined;
}

function loadBalancerUrl(service: V1Service | undefined): string | undefined {
  const entry = service?.status?.loadBalancer?.ingress?.[0];
  const address = entry?.ip ?? entry?.hostname;
  const port = preferred(service?.spec?.ports ?? []);
  if (address === undefined || address === '' || port === undefined) return undefined;
  return `${schemeOfPort(port)}://${address.includes(':') ? `[${address}]` : address}:${port.port}/`;
}

/** From outside TLS comes first: 8443, 443, then 8080, else the first. */
function preferred(ports: readonly V1ServicePort[]): V1ServicePort | undefined {
  const tcp = ports.filter((port) => (port.protocol ?? 'TCP') === 'TCP');
  for (const number of [8443, 443, 8080]) {
    const found = tcp.find((port) => port.port === number);
    if (found !== undefined) return found;
  }
  return tcp[0];
}
