import { z } from 'zod';
import { cutTextOf, listOf, longest, textOf } from './bounded.ts';
import { clusterStateSchema } from './cluster.ts';

/** A context of the host's kubeconfig: a cluster, somebody there, and a namespace. */
export const kubeContextSchema = z.object({
  name: cutTextOf(longest.path),
  /** The API server's address; absent where the context's cluster is not in the kubeconfig. */
  server: cutTextOf(longest.url).optional(),
  /** Its own namespace, where it names one. */
  namespace: cutTextOf(longest.name).optional(),
  /** The kubeconfig's own current one, which kubectl uses. */
  selected: z.boolean(),
  /** The host works with this one, or tries to. */
  current: z.boolean(),
  /** What stands for it in the ids of its workspaces (`name@label`) while it is open beside the one in use. */
  label: cutTextOf(longest.label).optional(),
  /** It is open beside the one in use, and how it fares. */
  open: clusterStateSchema.omit({ local: true, progress: true, source: true, context: true }).optional(),
});
export type KubeContext = z.infer<typeof kubeContextSchema>;

export const kubeContextsSchema = listOf(kubeContextSchema, 1_000);

/** So many at most are open beside the one in use: each has an operator, watches and tunnels of its own. */
export const mostOpenContexts = 16;

/** Which context to work with from now on, or to open beside it. */
export const contextChoiceSchema = z.strictObject({
  context: textOf(longest.path).min(1),
  /** Absent: the context's own, or `default`. */
  namespace: textOf(longest.label)
    .regex(/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/)
    .optional(),
});
export type ContextChoice = z.infer<typeof contextChoiceSchema>;

/** One that is not to be open any more beside the one in use. */
export const closedContextSchema = z.strictObject({ context: textOf(longest.path).min(1) });
