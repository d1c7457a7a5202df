import type { V1Deployment } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import { isStopped, wishOf } from '#contract/run-mode.ts';
import type { Server } from '#contract/server.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import type { Workspace } from '#contract/workspace.ts';
import { madeForMark, podMarks } from '../../operator/desired/pod-marks.ts';
import { shownArguments, shownEnv, withoutSecrets } from '../hidden-values.ts';
import { isoTime, phaseOf } from '../server-view.ts';
import { tagOf } from './etag.ts';

/** What is known of a workspace beside its object. */
export interface Around {
  deployment: V1Deployment | undefined;
  /** As the lists show it: what this host has seen of its use. */
  server: Server | undefined;
  url: string;
}

/** A Workspace as `/api/workspaces/{id}` shows it. Nothing in it is secret. Pure. */
export function toResource(workspace: Workspace, { deployment, server, url }: Around): WorkspaceResource {
  const { metadata, spec, status } = workspace;
  const clean = withoutSecrets(spec.env);
  const phase = phaseOf(workspace, deployment);
  const { env: _env, running: _running, mode: _mode, command, args, ...shown } = spec;
  const { plain, hidden } = shownEnv(spec.env);
  const created = isoTime(metadata.creationTimestamp);
  const failure = phase === 'Running' && status?.phase !== 'Running' ? undefined : status?.lastError;
  const stopReason = isStopped(spec) ? metadata.annotations?.[annotations.stopReason] : undefined;
  const madeFor = deployment?.metadata?.annotations?.[podMarks.madeFor];
  return {
    id: metadata.name,
    etag: tagOf(workspace),
    ...(created === undefined ? {} : { created_at: created }),
    labels: { ...metadata.labels },
    spec: {
      ...shown,
      ...(command === undefined ? {} : { command: shownArguments(command).map(clean) }),
      ...(args === undefined ? {} : { args: shownArguments(args).map(clean) }),
      mode: wishOf(spec),
      env: plain,
      env_hidden: hidden,
    },
    status: {
      phase,
      ...(status?.nodeName === undefined ? {} : { node: status.nodeName }),
      ...(status?.podName === undefined ? {} : { pod: status.podName }),
      url,
      ...(status?.externalURL === undefined ? {} : { external_url: status.externalURL }),
      ...(failure === undefined ? {} : { failure: { ...failure, message: clean(failure.message) } }),
      ...(status?.lastActivity === undefined ? {} : { last_activity: status.lastActivity }),
      ...(server?.awake === undefined ? {} : { awake: server.awake }),
      ...(stopReason === undefined ? {} : { stop_reason: stopReason }),
      changed_from_next_start: !isStopped(spec) && madeFor !== undefined && madeFor !== madeForMark(workspace),
      conditions: (status?.conditions ?? []).map((one) => ({ ...one, message: clean(one.message) })),
    },
  };
}
