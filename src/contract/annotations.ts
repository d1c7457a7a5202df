import { workspaceGroup } from './workspace.ts';

/** Annotations of GuildNet's own, on Workspaces, homes and pods. */
export const annotations = {
  /** On a home: the uid of the Workspace that uses it, or used it last. */
  homeUser: `${workspaceGroup}/workspace-uid`,
  /** On a home that no Workspace uses: when it may be deleted (RFC 3339). Anything else, such as `never`, keeps it. */
  homeRetainUntil: `${workspaceGroup}/home-retain-until`,
  /** On a home: the `homeRetainUntil` that it bore when its Workspace took it over. It is not kept for less than that. */
  homePromisedUntil: `${workspaceGroup}/home-promised-until`,
  /** On a home: what its Workspace was, as JSON, so that it can be restored. */
  homeWorkspace: `${workspaceGroup}/home-workspace`,
  /** On a Workspace and on its pods: when a restart was last asked for. A new value rolls the pod. */
  restartedAt: `${workspaceGroup}/restarted-at`,
  /** On a Workspace that was changed while it ran: the mark of what its pod is to be from its next start on, and not before. */
  nextStart: `${workspaceGroup}/from-next-start`,
  /** On a workspace's Secret: `generated` says that what is in it is random, and that the host presents it. */
  password: `${workspaceGroup}/password`,
  /** On a Workspace that GuildNet itself stopped: why. */
  stopReason: `${workspaceGroup}/stop-reason`,
  /** On a Capability that is a share: who made it. */
  sharedBy: `${workspaceGroup}/shared-by`,
  /** On the Lease of a host that is on a tailnet: where it is there, as JSON. */
  tailnetHost: `${workspaceGroup}/tailnet-host`,
} as const;

/** Keeps a Workspace until the operator has written on its home until when that is kept. */
export const homeFinalizer = `${workspaceGroup}/home`;

/** Keeps what gives a host its rights in a namespace until no Workspace is left that it has to let go. */
export const rightsFinalizer = `${workspaceGroup}/workspaces`;
