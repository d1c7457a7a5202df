import { workspaceGroup } from './workspace.ts';

/** Kubernetes keeps these and all below them for itself (https://kubernetes.io/docs/reference/labels-annotations-taints/). */
const kubernetes = ['kubernetes.io', 'k8s.io'] as const;
/** The labels that Kubernetes recommends to everybody (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/). */
const recommended = 'app.kubernetes.io';
/** Of those, what says who looks after an object: other programs adopt or delete by it. */
const ours: readonly string[] = ['managed-by', 'part-of', 'instance'].map((name) => `${recommended}/${name}`);

/**
 * Whose a key of a label or annotation is, when it is nobody's to give: GuildNet acts on its own, and controllers of Kubernetes on
 * theirs (`applyset.kubernetes.io/part-of` has kubectl delete an object). Undefined for keys that people may use.
 */
export function reservedFor(key: string): 'GuildNet' | 'Kubernetes' | undefined {
  const slash = key.indexOf('/');
  if (slash < 0) return undefined;
  const prefix = key.slice(0, slash).toLowerCase();
  if (isWithin(prefix, workspaceGroup) || ours.includes(key.toLowerCase())) return 'GuildNet';
  if (prefix === recommended) return undefined;
  return kubernetes.some((domain) => isWithin(prefix, domain)) ? 'Kubernetes' : undefined;
}

function isWithin(prefix: string, domain: string): boolean {
  return prefix === domain || prefix.endsWith(`.${domain}`);
}
