import type { Action } from '#contract/grant.ts';
import type { Who } from '#contract/identity.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';

/** A workspace that is there, or was (a home remembers it), as far as permission goes. */
export interface WorkspaceFacts {
  /** Undefined for one that is to be launched. */
  name?: string | undefined;
  namespace: string;
  image: string;
  labels: Readonly<Record<string, string>>;
  /** `spec.owner`. */
  owner: string | undefined;
}

/** What a workspace is to be: what is asked for beside the facts of it. */
export interface LaunchFacts {
  spec: Pick<
    WorkspaceSpec,
    | 'env'
    | 'envFrom'
    | 'exposure'
    | 'imagePullSecrets'
    | 'nodeSelector'
    | 'ports'
    | 'resources'
    | 'serviceAccountName'
    | 'tolerations'
  >;
  /** What its owner has running beside it. */
  running: number;
}

/** May who do this? Without a workspace: is there any for which they may? */
export interface Question {
  who: Who;
  action: Action;
  workspace?: WorkspaceFacts | undefined;
  launch?: LaunchFacts | undefined;
  /** What of it is opened: a port, or a shell, which is none. Left out where the action opens nothing of the kind. */
  opened?: number | 'shell' | undefined;
}

/**
 * What a workspace of theirs has as `spec.owner`. A tagged device has no user of its own (all have the login `tagged-devices`), so
 * it is the device itself. The mark before the colon keeps the three apart, whatever a control server calls people.
 */
export function ownerOf(who: Who, localUser: string): string {
  if (who.kind === 'local') return `local:${localUser}`.slice(0, 253);
  return who.tags.length === 0 ? `user:${who.login}` : `device:${who.device.id}`;
}
