import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { schemeOfPort } from '#contract/port-scheme.ts';
import type { DescribedPort, PortScheme } from '#contract/port-scheme.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { containerPorts } from '../../operator/desired/ports.ts';

/** A port as a Service or a Workspace declares it. */
export interface KnownPort extends DescribedPort {
  /** Container port, or the name of one. */
  target: number | string;
}

/** The TCP ports of a Service. */
export function servicePorts(service: V1Service | undefined): KnownPort[] {
  return (service?.spec?.ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map(({ port, targetPort, name, appProtocol }) => ({ target: targetPort ?? port, port, name, appProtocol }));
}

/** The TCP ports that a workspace declares, or those that it has by default. */
export function specPorts(spec: WorkspaceSpec): KnownPort[] {
  return containerPorts(spec)
    .filter(({ protocol }) => protocol === 'TCP')
    .map(({ containerPort: port, name }) => ({ target: port, port, name }));
}

/** The specification's preference ("Proxy Resolution Order"): 8080, then 8443, else the first. */
export function preferredPort(ports: readonly KnownPort[]): KnownPort | undefined {
  return ports.find(({ port }) => port === 8080) ?? ports.find(({ port }) => port === 8443) ?? ports[0];
}

/** The port asked for: as the Service knows it, as the container does, or one that nobody has declared. */
export function askedPort(port: number, ports: readonly KnownPort[]): KnownPort {
  return ports.find((one) => one.port === port) ?? ports.find((one) => one.target === port) ?? { target: port, port };
}

/** What to speak: as asked, or as the port says of itself. */
export function schemeFor(port: DescribedPort, asked: PortScheme | undefined): PortScheme {
  return asked ?? schemeOfPort(port);
}

/** The number of a container port that may be given by its name; undefined when no container has one of that name. */
export function containerPort(target: number | string, pod: V1Pod): number | undefined {
  if (typeof target === 'number') return target;
  if (/^\d+$/.test(target)) return Number(target);
  const ports = pod.spec?.containers.flatMap((container) => container.ports ?? []) ?? [];
  return ports.find(({ name }) => name === target)?.containerPort;
}
