import type { V1Pod, V1Service, V1ServicePort } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import { schemeOfPort } from '#contract/port-scheme.ts';
import type { Workspace } from '#contract/workspace.ts';
import { labels } from '#contract/workspace.ts';
import type { ProxyAsk } from './forms/ask.ts';

/** A container port to open a tunnel to. */
export interface ProxyTarget {
  namespace: string;
  pod: string;
  /** Identity of the pod: a new pod of the same name is another one. */
  podUid: string;
  port: number;
  scheme: 'http' | 'https';
  /** The pod's and the Service's addresses, and the Service's port: how the workspace may call itself. */
  addresses?: readonly string[];
  servicePort?: number;
}

export interface ResolveInput {
  ask: Extract<ProxyAsk, { kind: 'server' }>;
  workspace: Workspace | undefined;
  service: V1Service | undefined;
  /** All managed pods, or only the workspace's. */
  pods: readonly V1Pod[];
}

interface Port {
  /** Container port, or the name of one. */
  target: number | string;
  port: number;
  name: string | undefined;
  appProtocol: string | undefined;
}

function portsOf({ service, workspace }: ResolveInput): Port[] {
  const fromService = (service?.spec?.ports ?? [])
    .filter((port: V1ServicePort) => (port.protocol ?? 'TCP') === 'TCP')
    .map((port) => ({
      target: port.targetPort ?? port.port,
      port: port.port,
      name: port.name,
      appProtocol: port.appProtocol,
    }));
  if (fromService.length > 0) return fromService;
  return (workspace?.spec.ports ?? [])
    .filter((port) => (port.protocol ?? 'TCP') === 'TCP')
    .map((port) => ({ target: port.containerPort, port: port.containerPort, name: port.name, appProtocol: undefined }));
}

/** The specification's preference ("Proxy Resolution Order"): 8080, then 8443, else the first. */
function preferredPort(ports: readonly Port[]): Port | undefined {
  return ports.find(({ port }) => port === 8080) ?? ports.find(({ port }) => port === 8443) ?? ports[0];
}

/** The port asked for: as the Service knows it, as the container does, or one that nobody has declared. */
function askedPort(port: number, ports: readonly Port[]): Port {
  return (
    ports.find((one) => one.port === port) ??
    ports.find((one) => one.target === port) ?? { target: port, port, name: undefined, appProtocol: undefined }
  );
}

function containerPort(target: number | string, pod: V1Pod): number | undefined {
  if (typeof target === 'number') return target;
  if (/^\d+$/.test(target)) return Number(target);
  const ports = pod.spec?.containers.flatMap((container) => container.ports ?? []) ?? [];
  return ports.find(({ name }) => name === target)?.containerPort;
}

function isReady(pod: V1Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function hasStarted(pod: V1Pod): boolean {
  const containers = pod.status?.containerStatuses ?? [];
  return (
    pod.status?.phase === 'Running' && containers.length > 0 && containers.every(({ started }) => started === true)
  );
}

function newest(pods: readonly V1Pod[]): V1Pod | undefined {
  const age = (pod: V1Pod): number => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  return pods.toSorted((a, b) => age(b) - age(a))[0];
}

function choosePod({ ask: { id }, pods, workspace }: ResolveInput): V1Pod | undefined {
  const own = pods.filter(
    ({ metadata }) => metadata?.labels?.[labels.id] === id && metadata.deletionTimestamp === undefined,
  );
  const ready = newest(own.filter(isReady));
  if (ready !== undefined) return ready;
  // A workspace that was up and fails a probe under load still serves its open sessions: do not cut them off.
  return workspace?.status?.phase === 'Running' ? newest(own.filter(hasStarted)) : undefined;
}

function notReady(id: string, workspace: Workspace): GuildNetError {
  const phase = workspace.status?.phase ?? 'Pending';
  const details = { id, phase };
  if (workspace.spec.running === false || phase === 'Stopped') {
    // The wish counts, also while the status has yet to follow: nothing but a person's start will change it.
    return new GuildNetError('not_ready', `The workspace ${id} is stopped.`, {
      remedy: 'Start it.',
      details: { id, phase: 'Stopped' },
    });
  }
  const failure = workspace.status?.lastError;
  if (failure !== undefined) {
    return new GuildNetError('not_ready', failure.message, {
      ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
      details: { ...details, reason: failure.reason },
    });
  }
  return new GuildNetError('not_ready', `The workspace ${id} is starting (${phase}).`, {
    remedy: 'Wait a moment; what it is doing is shown on its page.',
    details,
  });
}

/**
 * Finds the pod and port that serve a workspace, from the live view (specification, "Proxy Resolution Order").
 * Throws `not_found`, `not_ready` (with the phase, and the failure's own message and remedy) or `unsupported`.
 */
export function resolveTarget(input: ResolveInput): ProxyTarget {
  const { ask, workspace } = input;
  const { id } = ask;
  if (workspace === undefined) {
    throw new GuildNetError('not_found', `There is no workspace "${id}".`, {
      remedy: 'It may have been deleted; the list shows what there is.',
      details: { id },
    });
  }
  if (workspace.metadata.deletionTimestamp !== undefined) {
    throw new GuildNetError('not_found', `The workspace ${id} is being deleted.`, {
      details: { id, phase: 'Terminating' },
    });
  }
  const pod = workspace.spec.running === false ? undefined : choosePod(input);
  if (pod === undefined) throw notReady(id, workspace);
  const ports = portsOf(input);
  const port = ask.port === undefined ? preferredPort(ports) : askedPort(ask.port, ports);
  const number = port === undefined ? undefined : containerPort(port.target, pod);
  if (port === undefined || number === undefined) {
    throw new GuildNetError('unsupported', `The workspace ${id} has no TCP port to open.`, {
      remedy: 'Launch it with a port that its image serves HTTP on, under "expose".',
      details: { id },
    });
  }
  const addresses = [...(pod.status?.podIPs ?? []).map(({ ip }) => ip), ...(input.service?.spec?.clusterIPs ?? [])];
  return {
    namespace: workspace.metadata.namespace,
    pod: pod.metadata?.name ?? '',
    podUid: pod.metadata?.uid ?? '',
    port: number,
    scheme: ask.scheme ?? schemeOfPort(port),
    addresses: addresses.filter((address) => address !== 'None'),
    servicePort: port.port,
  };
}
