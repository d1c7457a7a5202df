import type { Phase } from '#contract/workspace.ts';

/** One word each, as Kubernetes' status has it. */
const phases: Record<Phase, string> = {
  Pending: 'Pending',
  Starting: 'Starting',
  Running: 'Running',
  Stopped: 'Stopped',
  Failed: 'Failed',
  Terminating: 'Terminating',
};

/** The list of workspaces and of kept homes. */
export const list = {
  title: 'Workspaces',
  launch: 'Launch workspace',
  phases,
  empty:
    'A workspace is a whole dev machine in your cluster: an IDE, a terminal, your files. It keeps running when you close this window. Launch the first one:',
  or: 'Or',
  anyImage: 'launch any container image',
  orPress: ', or press',
  atAnyTime: 'at any time.',
  filter: 'Filter',
  filterHint: 'Name, image, owner or node',
  phase: 'Phase',
  phaseFilters: {
    all: 'All phases',
    running: 'Running',
    starting: 'On their way',
    failed: 'Failed',
    stopped: 'Stopped',
  },
  order: 'Order',
  orders: {
    newest: 'Newest first',
    oldest: 'Oldest first',
    name: 'By name',
    phase: 'What needs you first',
    owner: 'By owner',
  },
  count: (count: number, shown: string) => (count === 1 ? '1 workspace' : `${shown} workspaces`),
  some: (shown: string, total: string) => `${shown} of ${total}`,
  noneLikeThat: 'No workspace is like that.',
  select: (name: string) => `Select ${name}`,
  owner: 'Owner:',
  ownerHost: (name: string) => `${name} (host)`,
  ownerDevice: (name: string) => `${name} (device)`,
  open: 'Open',
  openNamed: (name: string) => `Open ${name}`,
  why: 'Why?',
  whyNamed: (name: string) => `Why: ${name}`,
  less: 'Less',
};

export const bulk = {
  selectedWorkspaces: 'Selected workspaces',
  selected: (count: number) => `${String(count)} selected`,
  start: (count: number) => `Start ${String(count)}`,
  stop: (count: number) => `Stop ${String(count)}`,
  delete: (count: number) => `Delete ${String(count)}`,
  deleteTitle: (count: number) => `Delete ${String(count)} workspaces?`,
  deleteConfirm: 'Delete workspaces',
  deleteText:
    'They are stopped and removed from the cluster with everything outside of their homes. Homes are kept for as long as each workspace says.',
  selectAll: (count: number) => `Select all ${String(count)}`,
  selectNone: 'Select none',
  done: {
    start: (count: number) => `${String(count)} asked to start`,
    stop: (count: number) => `${String(count)} asked to stop`,
    delete: (count: number) => `${String(count)} being deleted`,
  },
  refused: (count: number) => `${String(count)} refused`,
};

export const homes = {
  title: 'Kept homes',
  about:
    'These workspaces were deleted; the files in their homes are still there. Restore one and it comes back as it was.',
  imageNotKnown: 'image not known',
  restore: 'Restore',
  restoreNamed: (name: string) => `Restore ${name}`,
  deleteForGood: 'Delete for good',
  deleteTitle: 'Delete this home for good?',
  allFilesOf: 'All files in the home of',
  areDeleted: 'are deleted. This cannot be undone.',
  deleting: 'being deleted',
  keptUntilYou: 'kept until you delete it',
  deletedIn: (span: string) => `deleted in ${span}`,
  deletedAnyMoment: 'deleted any moment',
};

/** The offer to take a deletion back. */
export const undo = {
  title: 'Undo deletion',
  deleted: (name: string) => `${name} is deleted; its home is kept.`,
  deletedSome: (count: number) => `${String(count)} workspaces are deleted; their homes are kept.`,
  undo: 'Undo',
  undoNamed: (name: string) => `Undo: delete ${name}`,
  undoSome: (count: number) => `Undo: delete ${String(count)} workspaces`,
  dismissNamed: (name: string) => `Dismiss: ${name} is deleted`,
  dismissSome: (count: number) => `Dismiss: ${String(count)} workspaces are deleted`,
  comingBack: 'Being restored…',
  notRestored: (name: string) => `${name} was not restored`,
};
