import type { V1ContainerPort } from '@kubernetes/client-node';
import { schemeOfPort } from '#contract/port-scheme.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { looksLikeCodeServer } from './image.ts';

export type Port = V1ContainerPort & { name: string; protocol: string };

/**
 * Specification, "Operator Defaults & Hardening", ports: an image that resembles code-server has 8080 only, every other
 * 8080 (HTTP) and 8443 (HTTPS); `spec.ports` wins over both. Every port gets a name, because a Service with several needs them.
 */
export function containerPorts(spec: WorkspaceSpec): Port[] {
  if (spec.ports !== undefined && spec.ports.length > 0) {
    const taken = new Set(spec.ports.flatMap((port) => port.name ?? []));
    return spec.ports.map((port) => ({
      containerPort: port.containerPort,
      name: port.name ?? freeName(port.containerPort, taken),
      protocol: port.protocol ?? 'TCP',
    }));
  }
  const http: Port = { containerPort: 8080, name: 'http', protocol: 'TCP' };
  return looksLikeCodeServer(spec.image) ? [http] : [http, { containerPort: 8443, name: 'https', protocol: 'TCP' }];
}

function freeName(port: number, taken: Set<string>): string {
  const wanted = port === 8080 ? 'http' : port === 8443 ? 'https' : `port-${port}`;
  const name = taken.has(wanted) ? `port-${port}-x` : wanted;
  taken.add(name);
  return name;
}

/** The port that the proxy goes to: 8080, then 8443, else the first (specification, "Proxy Resolution Order"). */
export function proxyPort(ports: readonly Port[]): Port | undefined {
  const tcp = ports.filter((port) => port.protocol === 'TCP');
  return tcp.find((port) => port.containerPort === 8080) ?? tcp.find((port) => port.containerPort === 8443) ?? tcp[0];
}

/** Whether the container's port speaks TLS. */
export function schemeOf({ containerPort, name }: Port): PortScheme {
  return schemeOfPort({ port: containerPort, name });
}
