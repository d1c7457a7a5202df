import { z } from 'zod';
import { listOf, longest, openObject, textOf } from '#contract/bounded.ts';
import type { ClusterResources } from '#contract/cluster-resources.ts';
import { GuildNetError } from '#contract/errors.ts';
import { labels } from '#contract/workspace.ts';
import { problemOf } from '../cluster/unavailable.ts';
import type { Kube } from '../kube/clients.ts';
import { fromKubeError, hasStatus } from '../kube/errors.ts';
import { nodeMetricsSchema, nodeSchema, podMetricsSchema, podSchema } from './found-objects.ts';
import { resourcesOf } from './resources-of.ts';

const metrics = '/apis/metrics.k8s.io/v1beta1';
const perPage = 500;
/** Ten thousand objects: what lies beyond is told and not counted. */
const mostPages = 20;

interface Read<T> {
  items: T[];
  problem?: GuildNetError;
}

type Asking = Pick<Kube, 'rest' | 'namespace'>;

/**
 * Asks for nodes, pods and metrics side by side. What is refused, missing or slow says why in `problems`, and the rest is there;
 * rejects with the signal's reason alone.
 */
export async function readResources(kube: Asking, signal: AbortSignal | undefined): Promise<ClusterResources> {
  const own = `namespaces/${kube.namespace}/pods`;
  const managed = { labelSelector: `${labels.managed}=true` };
  const [nodes, everywhere, nodeMetrics, podMetrics] = await Promise.all([
    readAll(kube, { path: '/api/v1/nodes', of: nodeSchema, doing: 'listing the nodes', signal }),
    readAll(kube, { path: '/api/v1/pods', of: podSchema, doing: 'listing the pods of all namespaces', signal }),
    readAll(kube, { path: `${metrics}/nodes`, of: nodeMetricsSchema, doing: 'asking what nodes use', signal }),
    readAll(kube, {
      path: `${metrics}/${own}`,
      query: managed,
      of: podMetricsSchema,
      doing: 'asking what workspaces use',
      signal,
    }),
  ]);
  // Ours are there for everybody who works here at all.
  const pods =
    everywhere.items.length > 0
      ? everywhere
      : await readAll(kube, { path: `/api/v1/${own}`, of: podSchema, doing: 'listing the pods', signal });
  const usage = nodeMetrics.problem ?? podMetrics.problem;
  return resourcesOf({
    nodes: nodes.items,
    pods: pods.items,
    nodeMetrics: nodeMetrics.items,
    podMetrics: podMetrics.items,
    namespace: kube.namespace,
    problems: {
      nodes: nodes.problem && problemOf(nodes.problem),
      others: everywhere.problem && problemOf(everywhere.problem),
      usage: usage && problemOf(usage),
    },
  });
}

interface Collection<Item extends z.ZodType> {
  path: string;
  query?: Readonly<Record<string, string>>;
  of: Item;
  doing: string;
  signal: AbortSignal | undefined;
}

/** A collection page by page; an object that we do not understand is left out, since others can write what they like. */
async function readAll<Item extends z.ZodType>(
  { rest }: Asking,
  { path, query, of, doing, signal }: Collection<Item>,
): Promise<Read<z.infer<Item>>> {
  const page = openObject({
    metadata: openObject({ continue: textOf(longest.annotation).optional() }).optional(),
    items: listOf(z.unknown(), 100_000),
  });
  const items: z.infer<Item>[] = [];
  let next: string | undefined;
  try {
    for (let pages = 0; pages < mostPages; pages += 1) {
      const answer = page.parse(
        await rest.json('GET', path, { query: { ...query, limit: perPage, continue: next }, signal }),
      );
      for (const item of answer.items) {
        const parsed = of.safeParse(item);
        if (parsed.success) items.push(parsed.data);
      }
      next = answer.metadata?.continue;
      if (next === undefined || next === '') return { items };
    }
    return { items, problem: tooMany(doing) };
  } catch (error) {
    signal?.throwIfAborted();
    return { items, problem: whyNot(error, path, doing) };
  }
}

function tooMany(doing: string): GuildNetError {
  const counted = String(perPage * mostPages);
  return new GuildNetError('overloaded', `There are too many for ${doing}: the first ${counted} are counted.`, {
    remedy: 'Take the figures as the least that it is.',
  });
}

function whyNot(error: unknown, path: string, doing: string): GuildNetError {
  const isMissing = path.startsWith(metrics) && hasStatus(error, 404);
  if (!isMissing) return fromKubeError(error, doing);
  return new GuildNetError(
    'unsupported',
    'The cluster has no metrics-server, so that what is really used is not known; what was asked for is.',
    { remedy: 'Have metrics-server installed: https://github.com/kubernetes-sigs/metrics-server', cause: error },
  );
}
