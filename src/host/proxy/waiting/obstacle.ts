import type { V1Pod, V1Service } from '@kubernetes/client-node';
import type { GuildNetError } from '#contract/errors.ts';
import type { Workspace } from '#contract/workspace.ts';
import { agentHostOf } from '../resolve/agent-host.ts';
import { chooseOwnPod, notReady } from '../resolve/choose-pod.ts';
import type { ServerAsk } from '../resolve/server-order.ts';

export interface ObstacleFacts {
  ask: ServerAsk;
  workspace: Workspace | undefined;
  /** The workspace's Service. */
  service: V1Service | undefined;
  pods: readonly V1Pod[];
}

/**
 * Why a workspace cannot be reached yet although it may be in a moment (`not_ready`), or undefined: it can, or it is no matter of
 * time, and the resolution says what it is.
 */
export function obstacleOf({ ask, workspace, service, pods }: ObstacleFacts): GuildNetError | undefined {
  if (workspace === undefined || workspace.metadata.deletionTimestamp !== undefined) return undefined;
  if (chooseOwnPod(workspace, pods) !== undefined) return undefined;
  // What is asked for is served elsewhere, whatever becomes of the pod.
  const elsewhere = service === undefined && ask.port === undefined && agentHostOf(workspace.spec).kind === 'known';
  return elsewhere ? undefined : notReady(workspace);
}
