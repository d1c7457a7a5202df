import type { V1Container, V1Probe } from '@kubernetes/client-node';
import type { ProbeKind } from '#contract/spec/probe.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
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

/** The port that shows whether the program is up: the first that takes connections (specification, "Ports"). */
export function probedPort(ports: readonly Port[]): Port | undefined {
  return ports.find((one) => one.protocol === 'TCP');
}

/** As many failures as int32 holds: with one a second, 68 years. */
const never = 2 ** 31 - 1;

/**
 * What the kubelet looks at: whether the first port is open. What the program answers there, the host asks itself
 * (`../answers`, docs/decisions/0021), because to the kubelet a login page with status 401 is a failure, for which it ends the program.
 * The specification's long initial delays (readiness 20 s + 8 × 15 s, liveness 90 s + 3 × 30 s) were there so that a slow first start is
 * not killed: a startup probe never ends the program and sees a fast one within a second. Afterwards it is looked as seldom as
 * the specification has it; the kubelet looks for readiness at once when the startup probe has succeeded.
 */
export function probes(spec: Pick<WorkspaceSpec, 'probe' | 'probes'>, ports: readonly Port[]): Probes {
  const port = probedPort(ports);
  if (probeChoice(spec).kind === 'none' || port === undefined) return {};
  const look: V1Probe = { tcpSocket: { port: port.containerPort }, timeoutSeconds: 5 };
  return {
    startupProbe: { ...look, periodSeconds: 1, failureThreshold: never },
    readinessProbe: { ...look, periodSeconds: 15, failureThreshold: 2 },
    livenessProbe: { ...look, periodSeconds: 30, failureThreshold: 3 },
  };
}
