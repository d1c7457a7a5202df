import type { V1Service } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { exposureOf } from './exposure.ts';
import { ownedMeta } from './ownership.ts';
import { containerPorts } from './ports.ts';

/**
 * Specification, "Operator Defaults & Hardening", service: mirrors the container's ports; ClusterIP unless a load balancer is
 * wanted, of which `WORKSPACE_LB_POOL` names MetalLB's pool.
 */
export function service(workspace: Workspace, config: OperatorConfig): V1Service {
  const exposure = exposureOf(workspace.spec, config);
  const annotations = exposure.type === 'LoadBalancer' ? poolAnnotations(exposure.pool) : {};
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...ownedMeta(workspace), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      type: exposure.type === 'LoadBalancer' ? 'LoadBalancer' : 'ClusterIP',
      selector: { [labels.id]: workspace.metadata.name },
      ports: containerPorts(workspace.spec).map(({ containerPort, name, protocol }) => ({
        name,
        port: containerPort,
        targetPort: containerPort,
        protocol,
      })),
    },
  };
}

/** MetalLB has renamed it; each version is served by one of the two. */
function poolAnnotations(pool: string | undefined): Record<string, string> {
  return pool === undefined ? {} : { 'metallb.universe.tf/address-pool': pool, 'metallb.io/address-pool': pool };
}
