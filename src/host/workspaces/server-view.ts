import type { V1Deployment, V1Pod, V1Service } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import { isStopped, wishOf } from '#contract/run-mode.ts';
import type { Server } from '#contract/server.ts';
import type { Phase, Workspace } from '#contract/workspace.ts';
import { ownStatus } from '../operator/failures/pod-state.ts';
import { defaultRetain } from '../operator/home/decide-home.ts';
import { homePath } from '../operator/home/home-path.ts';
import { awakeOf } from './awake.ts';
import { shownArguments, shownEnv, withoutSecrets } from './hidden-values.ts';
import type { Reason } from './use/evidence.ts';

export interface LiveObjects {
  deployment: V1Deployment | undefined;
  service: V1Service | undefined;
  pod: V1Pod | undefined;
}

/** The specification knows four states ("Listing & Logs"): what is on its way is pending, what goes away counts as stopped. */
export const statuses = {
  Pending: 'pending',
  Starting: 'pending',
  Running: 'running',
  Stopped: 'stopped',
  Failed: 'failed',
  Terminating: 'stopped',
} as const satisfies Record<Phase, Server['status']>;

export function isoTime(at: string | Date | undefined): string | undefined {
  return at instanceof Date ? at.toISOString() : at;
}

/** What the operator has written, unless the live objects already know better. */
export function phaseOf(workspace: Workspace, deployment: V1Deployment | undefined): Phase {
  if (workspace.metadata.deletionTimestamp !== undefined) return 'Terminating';
  const phase = workspace.status?.phase ?? 'Pending';
  const underway = phase === 'Pending' || phase === 'Starting';
  // "running when ReadyReplicas > 0": true before the operator's next round has written it down.
  return underway && wishOf(workspace.spec) === 'Running' && (deployment?.status?.readyReplicas ?? 0) > 0
    ? 'Running'
    : phase;
}

/** Where the proxy shows a workspace, or another port of it than the preferred one. */
export type IdeUrl = (id: string, port?: number) => string;

function portsOf(workspace: Workspace, service: V1Service | undefined, ideUrl: IdeUrl): Server['ports'] {
  const ports =
    service?.spec?.ports?.map(({ port, name, protocol }) => ({ port, name, protocol })) ??
    workspace.spec.ports?.map(({ containerPort, name, protocol }) => ({ port: containerPort, name, protocol }));
  return ports?.map(({ port, name, protocol = 'TCP' }) => ({
    port,
    ...(name === undefined ? {} : { name }),
    ...(protocol === 'TCP' ? { url: ideUrl(workspace.metadata.name, port) } : {}),
  }));
}

function lastChange(workspace: Workspace): string | undefined {
  return workspace.status?.conditions
    ?.map((condition) => condition.lastTransitionTime)
    .toSorted()
    .at(-1);
}

export interface ServerContext {
  ideUrl: IdeUrl;
  /** What keeps it awake, as far as this host has seen. */
  use: Reason | undefined;
}

/** The specification's Server, from a Workspace and what lives of it. */
export function toServer(workspace: Workspace, live: LiveObjects, { ideUrl, use }: ServerContext): Server {
  const { metadata, spec, status } = workspace;
  const phase = phaseOf(workspace, live.deployment);
  const created = isoTime(metadata.creationTimestamp);
  const amounts = spec.resources?.limits ?? spec.resources?.requests;
  const env = shownEnv(spec.env);
  const clean = withoutSecrets(spec.env);
  const optional = {
    node: live.pod?.spec?.nodeName,
    created_at: created,
    started_at: isoTime(ownStatus(live.pod)?.state?.running?.startedAt),
    updated_at: lastChange(workspace) ?? created,
    ports: portsOf(workspace, live.service, ideUrl),
    resources: amounts === undefined ? undefined : { ...pick(amounts), ...told(spec.resources) },
    args: spec.args === undefined ? undefined : shownArguments(spec.args).map(clean),
    env: spec.env === undefined ? undefined : env.plain,
    env_hidden: env.hidden.length === 0 ? undefined : env.hidden,
    events: status?.conditions?.map(({ type, status: value, reason, message }) =>
      clean(`${type}=${value} ${reason}${message === '' ? '' : `: ${message}`}`),
    ),
    url: status?.externalURL,
    home: homeOf(workspace),
    last_activity: status?.lastActivity,
    awake: awakeOf(workspace, live.pod, use),
    stop_reason: isStopped(spec) ? metadata.annotations?.[annotations.stopReason] : undefined,
    // Where the live objects know better than the status, what it says of a failure is over.
    failure: phase === 'Running' && status?.phase !== 'Running' ? undefined : cleanFailure(status?.lastError, clean),
  };
  return {
    id: metadata.name,
    name: metadata.name,
    image: spec.image,
    ...(spec.owner === undefined ? {} : { owner: spec.owner }),
    status: statuses[phase],
    phase,
    ide_url: ideUrl(metadata.name),
    ...defined(optional),
  };
}

/** What a program printed before it ended is part of the message, and may be what nobody else shall read. */
function cleanFailure(failure: Server['failure'], clean: (text: string) => string): Server['failure'] {
  return failure === undefined ? undefined : { ...failure, message: clean(failure.message) };
}

function homeOf({ spec }: Workspace): Server['home'] {
  if (spec.home === undefined) return undefined;
  const { size, retain = defaultRetain } = spec.home;
  return { mount_path: homePath(spec), retain, ...(size === undefined ? {} : { size }) };
}

function told(
  resources: Workspace['spec']['resources'],
): Pick<NonNullable<Server['resources']>, 'requests' | 'limits'> {
  const { requests, limits } = resources ?? {};
  return defined({
    requests: requests === undefined ? undefined : pick(requests),
    limits: limits === undefined ? undefined : pick(limits),
  });
}

function pick({ cpu, memory }: Record<string, string>): { cpu?: string; memory?: string } {
  return { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
}

/** Without the keys that have no value: on the wire they would be there and empty. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
