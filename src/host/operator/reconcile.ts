import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import type { Failure } from '#contract/workspace.ts';
import type { OperatorKube } from '../kube/clients.ts';
import { secretEntries } from '../kube/secret-entries.ts';
import type { World } from '../kube/world.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import type { Log } from '../observability/log.ts';
import type { OperatorConfig } from './config.ts';
import { passwordSecretName } from './desired/password.ts';
import { externalUrl } from './desired/external-url.ts';
import { imageFailure } from './desired/image.ts';
import { ensureDesired } from './ensure-desired.ts';
import type { OwnedObjects } from './ensure-desired.ts';
import type { Ensured } from './ensured.ts';
import { invalidSpec } from './failures/own-writes.ts';
import { unknownMode } from './failures/unknown-mode.ts';
import { collectHome } from './home/collect-home.ts';
import { homeClaimName } from './home/home-volume.ts';
import { keepHome } from './home/keep-home.ts';
import type { KeptHome } from './home/keep-home.ts';
import { endOfLife } from './life-cycle/end-of-life.ts';
import type { Findings, Reporter } from './report.ts';
import type { Settlement } from './settlement.ts';

export interface ReconcileContext {
  kube: OperatorKube;
  world: World;
  config: OperatorConfig;
  log: Log;
  now: () => Date;
  reporter: Reporter;
  settlement: Settlement;
}

/**
 * Brings one Workspace to its desired state and reports how it stands; it asks what is, never what happened. Of one that is
 * gone it looks after the home that it left. Resolves with the ms after which to look again, or undefined when only a change
 * is a reason to. Rejects when something has to be tried again with a back-off, after the status says so.
 */
export async function reconcile(
  context: ReconcileContext,
  name: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { kube, world, log, now, settlement } = context;
  const workspace = world.workspaces.get(name);
  const claim = world.claims.get(homeClaimName(name));
  const timed = { kube, log, now, signal, online: () => world.state === 'online' };
  // What it owned goes with it, by its owner references; its home does not.
  if (workspace === undefined) {
    context.reporter.forget(name);
    settlement.forget(name);
    return claim === undefined ? undefined : collectHome(timed, name, claim);
  }

  const pods = world.podsOf(name);
  const wrong = specFailure(workspace);
  // Nothing is made for a spec that cannot be understood; a home that is there already is looked after all the same.
  const home =
    wrong === undefined || claim !== undefined
      ? await keepHome({ kube, workspace, log, signal, settlement }, claim)
      : {};
  if (home.released === true) return undefined;
  const owned = await ensureOwned(context, workspace, { wrong, home, signal });
  const all: Ensured<object>[] = [home, ...owned.all];
  // An error that is passing by itself says nothing about the workspace.
  raise(all.filter((one) => one.failure === undefined));
  const findings = observe(workspace, pods, { wrong, home, owned });
  const externalURL = externalUrl(workspace, context.config, owned.service);
  const review = await context.reporter.report(
    { ...findings, externalURL, secrets: secretValues(world, name) },
    signal,
  );
  raise(all);
  const next = await endOfLife(timed, workspace, pods);
  return earliest([...all.map((one) => one.waitMs), review, next]);
}

interface Made {
  wrong: Failure | undefined;
  home: KeptHome;
}

async function ensureOwned(
  { kube, world, config, log, settlement }: ReconcileContext,
  workspace: ObservedWorkspace,
  { wrong, home, signal }: Made & { signal: AbortSignal },
): Promise<OwnedObjects> {
  const { name, deletionTimestamp } = workspace.metadata;
  const deployment = world.deployments.get(name);
  // No pod is to get at a home that is not there or not yet marked as its own; one that has it has been through this.
  const hasNone = home.error !== undefined || home.failure !== undefined || home.awaited === true;
  const homeless = hasNone && !mountsHome(deployment, name);
  const leave =
    deletionTimestamp !== undefined || wrong !== undefined || homeless || unknownMode(workspace.spec) !== undefined;
  // What it already has is left as it is.
  if (leave) return { deployment, service: world.services.get(name), ingress: world.ingresses.get(name), all: [] };
  return await ensureDesired(world, config, { kube, workspace, log, signal, settlement });
}

function mountsHome(deployment: V1Deployment | undefined, workspace: string): boolean {
  const volumes = deployment?.spec?.template.spec?.volumes ?? [];
  return volumes.some((volume) => volume.persistentVolumeClaim?.claimName === homeClaimName(workspace));
}

function observe(
  workspace: ObservedWorkspace,
  pods: readonly V1Pod[],
  { wrong, home, owned }: Made & { owned: OwnedObjects },
): Findings {
  const { all, failure, ...objects } = owned;
  const going = workspace.metadata.deletionTimestamp !== undefined;
  return {
    workspace,
    pods,
    ...objects,
    claim: home.live,
    warning: home.warning ?? unknownMode(workspace.spec),
    corrections: all.flatMap((one) => one.corrected ?? []),
    contested: [home, ...all].flatMap((one: Ensured<object>) => one.contested ?? []),
    kept: all.find((one) => one.kept !== undefined)?.kept,
    failure: (going ? undefined : wrong) ?? home.failure ?? failure,
  };
}

/** What the workspace's own Secret holds. */
function secretValues({ secrets }: Pick<World, 'secrets'>, name: string): string[] {
  return Object.values(secretEntries(secrets.get(passwordSecretName(name))));
}

function raise(outcomes: readonly Ensured<object>[]): void {
  for (const { error } of outcomes) if (error !== undefined) throw error;
}

function specFailure(workspace: ObservedWorkspace): Failure | undefined {
  return workspace.specProblem === undefined ? imageFailure(workspace.spec.image) : invalidSpec(workspace.specProblem);
}

function earliest(waits: readonly (number | undefined)[]): number | undefined {
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
