import type { V1Service } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';
import { ownedMeta } from './ownership.ts';
import { containerPorts } from './ports.ts';

/** Specification, "Operator Defaults & Hardening", service: mirrors the container's ports; ClusterIP. */
export function service(workspace: Workspace): V1Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: ownedMeta(workspace),
    spec: {
      type: 'ClusterIP',
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
