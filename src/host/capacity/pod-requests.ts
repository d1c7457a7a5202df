import type { z } from 'zod';
import { listOf, longest, mapOf, openObject, textOf } from '#contract/bounded.ts';
import type { Amounts } from '#contract/cluster-resources.ts';
import { parseQuantity } from '../kube/quantity.ts';

const quantitiesSchema = mapOf(textOf(longest.key), textOf(longest.token), 64);
const resourcesSchema = openObject({ requests: quantitiesSchema.optional(), limits: quantitiesSchema.optional() });
const containerSchema = openObject({
  resources: resourcesSchema.optional(),
  restartPolicy: textOf(longest.token).optional(),
});

/** Of a pod's spec, what it asks of its node. */
export const podNeedsSchema = openObject({
  containers: listOf(containerSchema, 1_024),
  initContainers: listOf(containerSchema, 1_024).optional(),
  overhead: quantitiesSchema.optional(),
  resources: resourcesSchema.optional(),
});
export type PodNeeds = z.infer<typeof podNeedsSchema>;

const none: Amounts = { cpu: 0, memory: 0 };

/** Cores and bytes of a list of quantities; what is no quantity, or below zero, counts as nothing. Pure. */
export function amountsOf(quantities: Readonly<Record<string, string | undefined>> | undefined): Amounts {
  const of = (name: string): number => Math.max(0, Number(parseQuantity(quantities?.[name] ?? '0') ?? 0n) / 1e9);
  return { cpu: of('cpu'), memory: of('memory') };
}

export function plus(left: Amounts, right: Amounts): Amounts {
  return { cpu: left.cpu + right.cpu, memory: left.memory + right.memory };
}

const larger = (left: Amounts, right: Amounts): Amounts => ({
  cpu: Math.max(left.cpu, right.cpu),
  memory: Math.max(left.memory, right.memory),
});

/**
 * What the scheduler counts for a pod (kubernetes.io, "Sidecar Containers", resource sharing): what its containers and sidecars ask for
 * together, or what one of those that initialise it asks for beside the sidecars before it, if that is more; for the pod as a whole where it says
 * so; and the overhead of its runtime. Pure.
 */
export function podRequests({ containers, initContainers = [], overhead, resources }: PodNeeds): Amounts {
  let sidecars = none;
  let initial = none;
  for (const one of initContainers) {
    const own = requestsOf(one.resources);
    if (one.restartPolicy === 'Always') sidecars = plus(sidecars, own);
    else initial = larger(initial, plus(sidecars, own));
  }
  const running = containers.reduce((sum, one) => plus(sum, requestsOf(one.resources)), sidecars);
  const each = larger(running, initial);
  const whole = resources?.requests;
  const said = amountsOf(whole);
  const asked = {
    cpu: whole?.['cpu'] === undefined ? each.cpu : said.cpu,
    memory: whole?.['memory'] === undefined ? each.memory : said.memory,
  };
  return plus(asked, amountsOf(overhead));
}

/** A container that limits itself and asks for nothing has asked for its limit: the API server writes that down. */
function requestsOf(resources: PodNeeds['resources']): Amounts {
  return amountsOf(resources?.requests);
}
