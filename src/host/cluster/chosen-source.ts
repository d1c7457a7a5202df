import type { ContextChoice } from '#contract/contexts.ts';
import { configuredSource, defaultKubeconfig } from '../kube/source.ts';
import type { ClusterSource } from '../kube/source.ts';

/** What the host is to work with: as it was configured, or as somebody chose since. */
export type Chosen = { [Key in keyof ContextChoice]?: string | undefined };

/**
 * The cluster's source: a context that is named is looked for in the kubeconfig, also in a pod, which has one only on purpose; otherwise what is found
 * (`configuredSource`).
 */
export async function chosenSource(env: NodeJS.ProcessEnv, { context }: Chosen): Promise<ClusterSource | undefined> {
  if (context === undefined) return configuredSource(env);
  return { kind: 'kubeconfig', path: defaultKubeconfig(env), context };
}
