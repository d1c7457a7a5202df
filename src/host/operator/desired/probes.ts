import type { V1Container, V1Probe } from '@kubernetes/client-node';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { schemeOf } from './ports.ts';
import type { Port } from './ports.ts';

type Probes = Pick<V1Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/**
 * Specification, "Operator Defaults & Hardening", probes: HTTP on `/` of the first port. Its long initial delays (readiness
 * 20 s + 8 × 15 s, liveness 90 s + 3 × 30 s) were there so that a slow first start is not killed; a startup probe gives it
 * more time than they did and lets a fast start be seen within a second. `slow` is for images that unpack or compile first;
 * `none` for those that do not speak HTTP.
 */
export function probes(profile: WorkspaceSpec['probes'], ports: readonly Port[]): Probes {
  const port = ports.find((one) => one.protocol === 'TCP');
  if (profile === 'none' || port === undefined) return {};
  const slow = profile === 'slow';
  const httpGet: V1Probe = { httpGet: { path: '/', port: port.containerPort, scheme: schemeOf(port).toUpperCase() } };
  return {
    startupProbe: { ...httpGet, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: slow ? 3600 : 600 },
    readinessProbe: { ...httpGet, periodSeconds: 2, timeoutSeconds: slow ? 10 : 5, failureThreshold: slow ? 6 : 3 },
    livenessProbe: { ...httpGet, periodSeconds: 30, timeoutSeconds: slow ? 15 : 5, failureThreshold: slow ? 6 : 3 },
  };
}
