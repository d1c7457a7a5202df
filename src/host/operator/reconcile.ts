import { labels } from '#contract/workspace.ts';
import type { Failure } from '#contract/workspace.ts';
import type { Log } from '../observability/log.ts';
import type { Kube } from '../kube/clients.ts';
import type { World } from '../kube/world.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import type { OperatorConfig } from './config.ts';
import { desired } from './desired/desired.ts';
import { imageFailure } from './desired/image.ts';
import { ensure } from './ensure.ts';
import type { Ensured } from './ensure.ts';
import { invalidSpec } from './failures/own-writes.ts';
import { statusOf } from './status.ts';
import type { Observed } from './status.ts';
import { writeStatus } from './status-writer.ts';

export interface ReconcileContext {
  kube: Kube;
  world: World;
  config: OperatorConfig;
  log: Log;
  now: () => Date;
}

/**
 * Brings one Workspace to its desired state and reports how it stands; it asks what is, never what happened. Resolves with
 * the ms after which to look again, or undefined when only a change is a reason to. Rejects when something has to be tried
 * again with a back-off, after the status says so.
 */
export async function reconcile(
  context: ReconcileContext,
  name: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { world } = context;
  const workspace = world.workspaces.get(name);
  // Gone: what it owned goes with it, by its owner references.
  if (workspace === undefined) return undefined;
  const pods = world.pods.list().filter((pod) => pod.metadata?.labels?.[labels.id] === name);
  const outcome = await ensureAll(context, workspace, signal);
  // An error that is passing by itself says nothing about the workspace.
  raise(outcome.all.filter((one) => one.failure === undefined));
  await report(context, { workspace, pods, ...outcome.observed }, signal);
  raise(outcome.all);
  return earliest(outcome.all.flatMap((one) => one.waitMs ?? []));
}

interface Outcome {
  observed: Omit<Observed, 'workspace' | 'pods'>;
  all: readonly Ensured<object>[];
}

async function ensureAll(
  { kube, world, config, log }: ReconcileContext,
  workspace: ObservedWorkspace,
  signal: AbortSignal,
): Promise<Outcome> {
  const { name, deletionTimestamp } = workspace.metadata;
  const deployment = world.deployments.get(name);
  const service = world.services.get(name);
  const failure = deletionTimestamp === undefined ? specFailure(workspace) : undefined;
  // Nothing is made for a workspace that is going or cannot be understood; what it already has is left as it is.
  if (deletionTimestamp !== undefined || failure !== undefined)
    return { observed: { deployment, service, failure }, all: [] };
  const wanted = desired(workspace, config);
  const context = { kube, workspace, log, signal };
  const [deployed, served] = await Promise.all([
    ensure(wanted.deployment, deployment, context),
    ensure(wanted.service, service, context),
  ]);
  return {
    observed: { deployment: deployed.live, service: served.live, failure: deployed.failure ?? served.failure },
    all: [deployed, served],
  };
}

function raise(outcomes: readonly Ensured<object>[]): void {
  for (const { error } of outcomes) if (error !== undefined) throw error;
}

function specFailure(workspace: ObservedWorkspace): Failure | undefined {
  return workspace.specProblem === undefined ? imageFailure(workspace.spec.image) : invalidSpec(workspace.specProblem);
}

async function report({ kube, now }: ReconcileContext, observed: Observed, signal: AbortSignal): Promise<void> {
  await writeStatus(kube, observed.workspace, statusOf(observed, now()), signal);
}

function earliest(waits: readonly number[]): number | undefined {
  return waits.length === 0 ? undefined : Math.min(...waits);
}
