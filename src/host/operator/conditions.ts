import type { V1Pod } from '@kubernetes/client-node';
import type { Condition, Workspace } from '#contract/workspace.ts';
import { containerStatuses } from './failures/rule.ts';
import type { Standing } from './status.ts';

type Judgement = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** The conditions that this operator sets; others on the object are somebody else's. */
export const ownConditions = ['Ready', 'Scheduled', 'ImagePulled'] as const;

/** Conditions in the standard shape: `lastTransitionTime` moves only when `status` does. */
export function conditionsOf(standing: Standing, workspace: Workspace, now: Date): Condition[] {
  const { generation } = workspace.metadata;
  return judge(standing).map((judgement) => {
    const before = workspace.status?.conditions?.find((one) => one.type === judgement.type);
    const since =
      before !== undefined && before.status === judgement.status ? before.lastTransitionTime : wireTime(now);
    return {
      ...judgement,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      lastTransitionTime: since,
    };
  });
}

function judge(standing: Standing): Judgement[] {
  return [ready(standing), ...scheduled(standing.pod), ...imagePulled(standing)];
}

const waits: Readonly<Record<string, string>> = {
  Pending: 'The workspace waits for its pod and a node.',
  Starting: 'The pod is on its node; the image is pulled or the program starts.',
  Stopped: 'The workspace is stopped; nothing of it is lost.',
  Terminating: 'The workspace is being deleted.',
};

function ready({ phase, failure }: Standing): Judgement {
  if (phase === 'Running')
    return { type: 'Ready', status: 'True', reason: 'Serving', message: 'The workspace answers.' };
  if (failure !== undefined)
    return { type: 'Ready', status: 'False', reason: failure.reason, message: failure.message };
  return { type: 'Ready', status: 'False', reason: phase, message: waits[phase] ?? '' };
}

function scheduled(pod: V1Pod | undefined): Judgement[] {
  const condition = pod?.status?.conditions?.find((one) => one.type === 'PodScheduled');
  if (condition === undefined) return [];
  if (condition.status === 'True')
    return [
      {
        type: 'Scheduled',
        status: 'True',
        reason: 'Scheduled',
        message: `The pod is on node ${pod?.spec?.nodeName ?? ''}.`,
      },
    ];
  return [
    {
      type: 'Scheduled',
      status: 'False',
      reason: condition.reason ?? 'Waiting',
      message: condition.message ?? 'The scheduler has not decided yet.',
    },
  ];
}

const imageReasons = new Set([
  'InvalidImageName',
  'ImageNotFound',
  'ImagePullDenied',
  'RegistryUnreachable',
  'ImagePullFailed',
]);

function imagePulled({ pod, failure }: Standing): Judgement[] {
  const statuses = containerStatuses(pod);
  if (failure !== undefined && imageReasons.has(failure.reason))
    return [{ type: 'ImagePulled', status: 'False', reason: failure.reason, message: failure.message }];
  if (statuses.length === 0) return [];
  const pulled = statuses.every(
    (one) => one.imageID !== '' || one.state?.running !== undefined || one.state?.terminated !== undefined,
  );
  return pulled
    ? [{ type: 'ImagePulled', status: 'True', reason: 'Pulled', message: 'The image is on the node.' }]
    : [{ type: 'ImagePulled', status: 'False', reason: 'Pulling', message: 'The image is being pulled.' }];
}

/** Seconds are what metav1.Time keeps. */
function wireTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
