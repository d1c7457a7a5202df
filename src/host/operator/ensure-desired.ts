import type { V1Deployment, V1Ingress, V1Service } from '@kubernetes/client-node';
import type { Failure } from '#contract/workspace.ts';
import type { World } from '../kube/world.ts';
import type { OperatorConfig } from './config.ts';
import { desired } from './desired/desired.ts';
import type { Desired } from './desired/desired.ts';
import { keepSignIn } from './keep-sign-in.ts';
import type { NetworkPolicy } from './desired/network-policy.ts';
import { surplus } from './desired/surplus.ts';
import { discard } from './discard.ts';
import { ensure, failed } from './ensure.ts';
import type { EnsureContext, Ensured } from './ensured.ts';
import { keepsPod } from './keeps-pod.ts';
import { withPullPolicy } from './pull-policy.ts';
import type { Settlement } from './settlement.ts';

/** What belongs to a Workspace and goes with it, as it is now. */
export interface OwnedObjects {
  deployment?: V1Deployment | undefined;
  service?: V1Service | undefined;
  ingress?: V1Ingress | undefined;
  /** The first thing that a person has to act on. */
  failure?: Failure | undefined;
  /** How it went with each object, made or deleted. */
  all: readonly Ensured<object>[];
}

/** Makes what a Workspace owns be what is desired, and deletes what of it no longer is. */
export async function ensureDesired(
  world: Pick<World, 'deployments' | 'services' | 'secrets' | 'ingresses' | 'policies'>,
  config: OperatorConfig,
  context: EnsureContext & { settlement: Settlement },
): Promise<OwnedObjects> {
  const { workspace, settlement } = context;
  const { name } = workspace.metadata;
  const signIn = await keepSignIn(world.secrets, config, context).catch((error: unknown) =>
    failed(error, 'reading the Secret', context),
  );
  if ('error' in signIn) {
    // What it already has is left as it is.
    const [deployment, service, ingress] = [
      world.deployments.get(name),
      world.services.get(name),
      world.ingresses.get(name),
    ];
    return { deployment, service, ingress, failure: signIn.failure, all: [signIn] };
  }
  const settled = await withPullPolicy(context, world.deployments.get(name));
  const wanted = desired(settled, possible(config, world), signIn.chosen);
  const live = {
    secret: signIn.secret,
    ingress: world.ingresses.get(name),
    // Its rules are not looked into; see NetworkPolicy for why the two types differ.
    networkPolicy: world.policies.get(name) as NetworkPolicy | undefined,
  };
  // Before the pod: one that misses its Secret waits for the kubelet's next try.
  const keeps = (running: V1Deployment): boolean => keepsPod(workspace, wanted.deployment, running);
  const current = world.deployments.get(name);
  // A pod that is left as it was made goes on needing the Secret that it was made with.
  const keepsSecret = current !== undefined && live.secret !== undefined && keeps(current);
  const secret = keepsSecret ? {} : await ensureIfWanted(wanted.secret, live.secret, context);
  const [deployment, service, ingress, policy] = await Promise.all([
    ensure(wanted.deployment, current, context, { settlement, keeps }),
    ensure(wanted.service, world.services.get(name), context, { settlement }),
    ensureIfWanted(wanted.ingress, live.ingress, context),
    ensureIfWanted(wanted.networkPolicy, live.networkPolicy, context),
  ]);
  const extras = keepsSecret || deployment.kept !== undefined ? { ...live, secret: undefined } : live;
  const discarded = await Promise.all(surplus(wanted, extras, workspace).map((object) => discard(object, context)));
  const all: Ensured<object>[] = [secret, deployment, service, ingress, policy, ...discarded];
  return {
    deployment: deployment.live,
    service: service.live,
    ingress: ingress.live,
    failure: all.find((one) => one.failure !== undefined)?.failure,
    all,
  };
}

/** Rights from before NetworkPolicies were made by themselves are no reason for a workspace to fail: `cluster-notes.ts` tells of it. */
function possible(config: OperatorConfig, { policies }: Pick<World, 'policies'>): OperatorConfig {
  const asked = config.networkPolicy !== undefined;
  return asked || policies.state !== 'unavailable' ? config : { ...config, networkPolicy: false };
}

async function ensureIfWanted<T extends NonNullable<Desired[keyof Desired]>>(
  wanted: T | undefined,
  live: T | undefined,
  context: EnsureContext & { settlement: Settlement },
): Promise<Ensured<T>> {
  return wanted === undefined ? {} : ensure(wanted, live, context, context);
}
