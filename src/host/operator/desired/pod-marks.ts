import { createHash } from 'node:crypto';
import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import { passwordKey } from './password.ts';
import { probeChoice } from './probes.ts';

/**
 * On a Deployment: what its pod was made for, and what came of it. The first changes only with what a person wants of the pod
 * (the spec and restarts), the second with whatever makes it another; a difference in the second alone is the host's doing, by
 * its settings or its version.
 */
export const podMarks = { madeFor: 'guildnet.io/pod-made-for', pod: 'guildnet.io/pod-hash' } as const;

export function marksOf(workspace: Workspace, template: V1PodTemplateSpec): Record<string, string> {
  return { [podMarks.madeFor]: madeForMark(workspace), [podMarks.pod]: hash(template) };
}

/** The mark of what a person wants of the pod. */
export function madeForMark({ metadata, spec }: Pick<Workspace, 'metadata' | 'spec'>): string {
  return hash([wishForThePod(spec), metadata.annotations?.[annotations.restartedAt]]);
}

/** The spec without what is no matter of the pod, or is applied without another one. What is added to the spec counts. */
function wishForThePod(spec: WorkspaceSpec): unknown {
  const { exposure: _exposure, idle: _idle, ttl: _ttl, owner: _owner, ...more } = spec;
  const { mode: _mode, running: _running, probe: _probe, probes: _probes, home, env, ...rest } = more;
  return {
    ...rest,
    // What is asked for is the host's affair; the pod has its probes or none.
    probed: probeChoice(spec).kind !== 'none',
    // Its value is in a Secret, counts from the next start, and must not be guessed at by a hash.
    env: env?.map((entry) => (entry.name === passwordKey ? { name: entry.name, by: Object.keys(entry) } : entry)),
    home: home === undefined ? undefined : { mountPath: home.mountPath },
  };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
