import { capabilityPlural } from '#contract/capability.ts';
import { capabilityCrdName } from '#contract/capability-crd.ts';
import { workspaceCrdName } from '#contract/crd.ts';
import { workspaceGroup, workspacePlural } from '#contract/workspace.ts';
import { leaseName } from './leader/lease.ts';
import { endBindingName } from './namespace-end/live-end.ts';

/** One rule of RBAC, and what GuildNet needs it for. */
export interface ExplainedRule {
  why: string;
  apiGroups: readonly string[];
  resources: readonly string[];
  resourceNames?: readonly string[];
  verbs: readonly string[];
}

const owned = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

/** What a host does in the namespace of its workspaces. */
export const namespaceRules: readonly ExplainedRule[] = [
  {
    why: 'Launching, changing and deleting workspaces.',
    apiGroups: [workspaceGroup],
    resources: [workspacePlural],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
  {
    why: 'Who may do what. Without it, peers may do only what the tailnet grants them.',
    apiGroups: [workspaceGroup],
    resources: [capabilityPlural],
    verbs: ['get', 'list', 'watch'],
  },
  {
    why: 'Sharing a workspace with somebody, and taking that back. Leave it out where nobody is to share.',
    apiGroups: [workspaceGroup],
    resources: [capabilityPlural],
    verbs: ['create', 'update', 'delete'],
  },
  {
    why: '`finalizers` is what clusters that enforce owner reference permissions ask for.',
    apiGroups: [workspaceGroup],
    resources: [`${workspacePlural}/status`, `${workspacePlural}/finalizers`],
    verbs: ['get', 'update', 'patch'],
  },
  { why: 'What every workspace consists of.', apiGroups: ['apps'], resources: ['deployments'], verbs: owned },
  {
    why: 'Which pods are its own. Without it their names are believed, which others can give, too.',
    apiGroups: ['apps'],
    resources: ['replicasets'],
    verbs: ['get', 'list', 'watch'],
  },
  { why: 'Its address in the cluster.', apiGroups: [''], resources: ['services'], verbs: owned },
  { why: 'Its home.', apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: owned },
  {
    why: 'Its password. Secrets cannot be granted by label; without list and watch, single ones are read instead.',
    apiGroups: [''],
    resources: ['secrets'],
    verbs: owned,
  },
  {
    why: 'Where workspaces get an Ingress, and what keeps them apart (unless WORKSPACE_NETWORK_POLICY is off).',
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses', 'networkpolicies'],
    verbs: owned,
  },
  {
    why: 'How its pod is doing.',
    apiGroups: [''],
    resources: ['pods', 'events'],
    verbs: ['get', 'list', 'watch'],
  },
  { why: 'Its last words.', apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  {
    why: "The proxy's way to the workspaces. A WebSocket begins with a GET; newer clusters ask for create besides.",
    apiGroups: [''],
    resources: ['pods/portforward'],
    verbs: ['get', 'create'],
  },
  {
    why: 'Terminals, `guildnet exec` and `guildnet cp`. Without it the rest works.',
    apiGroups: [''],
    resources: ['pods/exec'],
    verbs: ['get', 'create'],
  },
  {
    why: 'What workspaces really use, where the cluster has a metrics-server.',
    apiGroups: ['metrics.k8s.io'],
    resources: ['pods'],
    verbs: ['list'],
  },
  {
    why: 'Telling in `kubectl describe` what happened to a workspace.',
    apiGroups: ['events.k8s.io'],
    resources: ['events'],
    verbs: ['create', 'patch'],
  },
  {
    why: 'Agreeing with other hosts on who reconciles; without it this one does not.',
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    resourceNames: [leaseName],
    verbs: ['get', 'list', 'watch', 'update'],
  },
  {
    why: 'A create cannot be limited to a name.',
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['create'],
  },
  {
    why: 'Telling the other hosts of a tailnet where this one is, so that one takes over from another. Leave it out where there is one.',
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['get', 'list', 'watch', 'patch', 'delete'],
  },
];

/** What a host does in the whole cluster; it works without, and then installs nothing and explains less. */
export const clusterRules: readonly ExplainedRule[] = [
  {
    why: 'Installing and upgrading its own CRDs; leave both out when an administrator does that.',
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    resourceNames: [workspaceCrdName, capabilityCrdName],
    verbs: ['get', 'patch'],
  },
  {
    why: 'A create cannot be limited to a name.',
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    verbs: ['create'],
  },
  {
    why: 'What the nodes have, and whether an image with a moving tag was given to one by hand, so that no registry has it.',
    apiGroups: [''],
    resources: ['nodes'],
    verbs: ['list'],
  },
  {
    why: 'What the nodes really use, where the cluster has a metrics-server.',
    apiGroups: ['metrics.k8s.io'],
    resources: ['nodes'],
    verbs: ['list'],
  },
  {
    why: 'Whether a home can grow.',
    apiGroups: ['storage.k8s.io'],
    resources: ['storageclasses'],
    verbs: ['get'],
  },
  {
    why: 'Whether something keeps NetworkPolicies, and so workspaces apart.',
    apiGroups: ['apps'],
    resources: ['daemonsets'],
    verbs: ['list'],
  },
  {
    why: 'Whether there is a controller for an Ingress.',
    apiGroups: ['networking.k8s.io'],
    resources: ['ingressclasses'],
    verbs: ['get'],
  },
];

/**
 * What is left to a host of a namespace that is being deleted, when the Role of the others is gone. `accounts`: the ServiceAccounts
 * of that namespace that it is granted to.
 */
export function endRules(accounts: readonly string[]): ExplainedRule[] {
  const rules: ExplainedRule[] = [
    {
      why: 'Letting workspaces go whose home would keep them.',
      apiGroups: [workspaceGroup],
      resources: [workspacePlural],
      verbs: ['get', 'list', 'watch', 'patch', 'delete'],
    },
    {
      why: 'Connecting: a host that may not see these does not.',
      apiGroups: [''],
      resources: ['services', 'pods'],
      verbs: ['get', 'list', 'watch'],
    },
    { why: 'The same.', apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch'] },
    {
      why: 'Whether it is being deleted. Bound in a namespace, this is that namespace and no other.',
      apiGroups: [''],
      resources: ['namespaces'],
      verbs: ['get'],
    },
    {
      why: 'Keeping these rights until the workspaces are gone, by a finalizer on their own binding.',
      apiGroups: ['rbac.authorization.k8s.io'],
      resources: ['rolebindings'],
      resourceNames: [endBindingName],
      verbs: ['get', 'list', 'watch', 'patch'],
    },
  ];
  if (accounts.length === 0) return rules;
  return [
    ...rules,
    {
      why: 'The same for who it is, which goes with the namespace, too.',
      apiGroups: [''],
      resources: ['serviceaccounts'],
      resourceNames: accounts,
      verbs: ['get', 'patch'],
    },
  ];
}
