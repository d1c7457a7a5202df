import type { V1Container, V1Probe } from '@kubernetes/client-node';
import type { ProbeKind } from '#contract/spec/probe.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { schemeOf } from './ports.ts';
import type { Port } from './ports.ts';

type Probes = Pick<V1Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/** How a workspace is to be probed: as `spec.probe` says, else `spec.probes`, which is older, else by a request for `/`. */
export function probeChoice({ probe, probes }: Pick<WorkspaceSpec, 'probe' | 'probes'>): {
  kind: ProbeKind;
  path: string;
} {
  const older = probes === undefined || probes === 'default' ? 'http' : probes;
  return { kind: probe === undefined ? older : (probe.kind ?? 'http'), path: probe?.path ?? '/' };
}

/**
 * Specification, "Operator Defaults & Hardening", probes: HTTP on `/` of the first port. Its long initial delays (readiness
 * 20 s + 8 × 15 s, liveness 90 s + 3 × 30 s) were there so that a slow first start is not killed; a startup probe gives it
 * more time than they did and lets a fast start be seen within a second. Afterwards it is asked as seldom as the original did,
 * since programs log each request: the kubelet asks for readiness at once when the startup probe has succeeded.
 */
export function probes(spec: Pick<WorkspaceSpec, 'probe' | 'probes'>, ports: readonly Port[]): Probes {
  const { kind, path } = probeChoice(spec);
  const port = ports.find((one) => one.protocol === 'TCP');
  if (kind === 'none' || port === undefined) return {};
  const slow = kind === 'slow';
  const ask: V1Probe =
    kind === 'tcp'
      ? { tcpSocket: { port: port.containerPort } }
      : { httpGet: { path, port: port.containerPort, scheme: schemeOf(port).toUpperCase() } };
  return {
    startupProbe: { ...ask, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: slow ? 3600 : 600 },
    readinessProbe: { ...ask, periodSeconds: 15, timeoutSeconds: slow ? 10 : 5, failureThreshold: slow ? 3 : 2 },
    livenessProbe: { ...ask, periodSeconds: 30, timeoutSeconds: slow ? 15 : 5, failureThreshold: slow ? 6 : 3 },
  };
}
