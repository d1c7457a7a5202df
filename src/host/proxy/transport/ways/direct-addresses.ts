import type { V1Pod, V1Service } from '@kubernetes/client-node';
import type { DialAddress } from './direct-way.ts';

/** A selector of a Service that has one (core/v1, ServiceSpec.selector): all of its labels are the pod's. */
function selects({ spec }: V1Service, { metadata }: V1Pod): boolean {
  const wanted = Object.entries(spec?.selector ?? {});
  return wanted.length > 0 && wanted.every(([name, value]) => metadata?.labels?.[name] === value);
}

/** The number behind a Service's target port. */
function numberOf(target: number | string | undefined, fallback: number, pod: V1Pod): number | undefined {
  if (target === undefined) return fallback;
  if (typeof target === 'number') return target;
  const ports = (pod.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  return ports.find(({ name }) => name === target)?.containerPort;
}

/**
 * Where a port of a pod can be dialled from outside of Kubernetes: at the pod's own address, and then at the ClusterIP of a Service that leads to
 * this port (specification, "Data Flow"), for networks that know the way to Services only. The pod's comes first because it certainly is this pod.
 */
export function directAddresses(pod: V1Pod | undefined, services: readonly V1Service[], port: number): DialAddress[] {
  if (pod === undefined) return [];
  const own = (pod.status?.podIPs ?? []).map(({ ip }) => ({ host: ip, port }));
  const leading = services
    .filter((service) => selects(service, pod))
    .flatMap(({ spec }) => {
      const address = spec?.clusterIP;
      if (address === undefined || address === '' || address === 'None') return [];
      return (spec?.ports ?? [])
        .filter((one) => (one.protocol ?? 'TCP') === 'TCP' && numberOf(one.targetPort, one.port, pod) === port)
        .map((one) => ({ host: address, port: one.port }));
    });
  return [...own, ...leading];
}
