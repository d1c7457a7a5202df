import type { Problem } from '#contract/cluster.ts';

export interface EndNoteFacts {
  namespace: string;
  namespaceGoing: boolean;
  /** There is a RoleBinding that outlives the others. */
  isBound: boolean;
  /** There is a Workspace that has to be let go when the namespace is deleted. */
  wanted: boolean;
  /** Our rights are not the namespace's; undefined: not known. */
  outlast: boolean | undefined;
}

/** What people are told about the end of the namespace. Pure. */
export function endNote({ namespace, namespaceGoing, isBound, wanted, outlast }: EndNoteFacts): Problem | undefined {
  if (namespaceGoing)
    return {
      code: 'namespace_going',
      message: `The namespace "${namespace}" is being deleted, and with it all its workspaces and their homes.`,
      remedy: 'Nothing has to be done for it. To go on, use another namespace (GUILDNET_NAMESPACE).',
    };
  if (isBound || !wanted || outlast !== false) return undefined;
  return {
    code: 'namespace_end_rights',
    message: `The rights of this host end with the namespace "${namespace}": if that were deleted, its workspaces with homes would keep it from going.`,
    remedy:
      'Have an administrator apply again what `guildnet rbac` prints, for the same namespace and user, or delete the workspaces before the namespace.',
  };
}
