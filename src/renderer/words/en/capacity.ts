/** What the cluster has, what it is used for, and what it lets the host do. */
export const capacity = {
  title: 'Capacity',
  nodes: 'Nodes of the cluster',
  workspaces: 'What workspaces take',
  looking: 'Asking the cluster what it has…',
  notKnown: 'What the cluster has is not known',
  nodesNotSeen: 'The nodes are not to be seen',
  othersNotSeen: 'Pods of other namespaces are not counted',
  noNodes: 'The cluster has no node, so that no workspace can run.',
  noWorkspaces: 'No workspace runs, so none takes anything.',
  ready: 'Ready',
  notReady: 'Not ready',
  cordoned: 'takes no new pods',
  cpu: 'Processor',
  memory: 'Memory',
  pods: 'Pods',
  of: (part: string, whole: string) => `${part} of ${whole} requested`,
  used: (amount: string) => `${amount} used`,
  cores: (count: string) => (count === '1' ? '1 core' : `${count} cores`),
  requested: 'requested',
  reallyUsed: 'used',
  more: (count: string) => `Show ${count} more`,
};

export const operator = {
  title: 'Operator',
  self: 'This host reconciles the workspaces.',
  other: (holder: string) => `${holder} reconciles the workspaces; this host looks on.`,
  nobody: 'Nobody reconciles the workspaces now: what is launched or stopped waits.',
  looks: 'Reconciled',
  counts: (done: string, failed: string) => `${done} done, ${failed} to be done again`,
  waiting: 'Waiting',
  lease: 'Lease',
};

export const rights = {
  title: 'Rights in the cluster',
  looking: 'Asking the cluster rule by rule…',
  notKnown: 'The rights are not known',
  all: (count: string) => `All ${count} rules that GuildNet asks for are granted.`,
  some: (missing: string, count: string) => `${missing} of ${count} rules are not granted as a whole.`,
  remedy: 'What an administrator applies is printed by',
  missing: 'Missing',
  granted: 'Granted',
  grantedRules: (count: string) => `${count} granted`,
  inCluster: 'in the whole cluster',
  inNamespace: 'in the namespace',
  not: (what: string) => `Not allowed: ${what}`,
  vital: 'nothing works without it',
  again: 'Ask again',
};

/** The local cluster of the host's machine. */
export const local = {
  title: 'The local cluster',
  notKnown: 'The local cluster is not known',
  phases: {
    absent: 'There is none on this machine.',
    stopped: 'It is stopped; what it holds is kept.',
    running: 'It runs on this machine.',
    degraded: 'Parts of it have ended. Starting it heals it.',
  },
  start: 'Start and use it',
  heal: 'Heal it',
  stop: 'Stop it',
  stopTitle: 'Stop the local cluster?',
  stopText:
    'Everything that runs there ends. Workspaces and their files are kept, and are there when it is started again.',
  stopUsed:
    'All workspaces here end, with what is not saved in them. They and their files are kept, and are there when it is started again.',
  images: 'Images of the local cluster',
  imagesNotKnown: 'The images are not known',
  looking: 'Looking at the images…',
  origins: { own: 'came with the cluster', loaded: 'loaded by hand', pulled: 'from a registry' },
  unused: 'not in use',
  usedBy: (first: string, others: number) => `${first} and ${String(others)} more`,
  howToLoad: 'An image of your own comes here by',
  remove: 'Remove',
  removeNamed: (name: string) => `Remove ${name}`,
  removeTitle: 'Remove this image?',
  removeText: (name: string) => `${name} is taken off the node. What needs it later has to load or pull it again.`,
};
