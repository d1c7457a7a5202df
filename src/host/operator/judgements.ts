import type { Condition, Failure, Phase } from '#contract/workspace.ts';
import { imageReasons } from './failures/image.ts';
import { ownStatus, podCondition } from './failures/pod-state.ts';
import { volumeReasons } from './failures/volume.ts';
import type { Observed, Standing } from './standing.ts';

/** The conditions that this operator sets. */
export type ConditionType =
  | 'Ready'
  | 'Progressing'
  | 'Scheduled'
  | 'VolumeReady'
  | 'ImagePulled'
  | 'Exposed'
  | 'AsSpecified'
  | 'UpToDate';

/** What is to be said under one condition. */
export interface Judgement extends Pick<Condition, 'status' | 'reason' | 'message'> {
  type: ConditionType;
}

const waits: Readonly<Record<Phase, string>> = {
  Pending: 'The workspace waits for its pod and a node.',
  Starting: 'The pod is on its node; the image is pulled or the program starts.',
  Running: 'The workspace answers.',
  Failed: 'The workspace cannot run.',
  Stopped: 'The workspace is stopped; nothing of it is lost.',
  Terminating: 'The workspace is being deleted.',
};

const because = ({ reason, message }: Failure): Pick<Condition, 'reason' | 'message'> => ({ reason, message });
const no = (type: Judgement['type'], failure: Failure): Judgement => ({ type, status: 'False', ...because(failure) });

export function ready({ phase, failure }: Standing): Judgement {
  const type = 'Ready';
  if (phase === 'Running') return { type, status: 'True', reason: 'Serving', message: waits.Running };
  if (phase !== 'Stopped' && failure !== undefined) return no(type, failure);
  return { type, status: 'False', reason: phase, message: waits[phase] };
}

/** Whether something is under way; False both when all is done and when nothing goes on. */
export function progressing({ phase, failure }: Standing): Judgement {
  const type = 'Progressing';
  const underWay = phase === 'Pending' || phase === 'Starting' || phase === 'Terminating';
  if (underWay) return { type, status: 'True', reason: phase, message: failure?.message ?? waits[phase] };
  return phase === 'Failed' && failure !== undefined
    ? no(type, failure)
    : { type, status: 'False', reason: phase === 'Running' ? 'Settled' : phase, message: waits[phase] };
}

export function scheduled({ pod, phase }: Standing): Judgement | undefined {
  const type = 'Scheduled';
  const condition = podCondition(pod, 'PodScheduled');
  if (condition === undefined || phase === 'Stopped') return undefined;
  if (condition.status === 'True')
    return { type, status: 'True', reason: type, message: `The pod is on node ${pod?.spec?.nodeName ?? ''}.` };
  return {
    type,
    status: 'False',
    reason: condition.reason ?? 'Waiting',
    message: condition.message ?? 'The scheduler has not decided yet.',
  };
}

export function volumeReady({ claim, warning }: Observed, { failure }: Standing): Judgement | undefined {
  const type = 'VolumeReady';
  if (claim === undefined) return undefined;
  if (failure !== undefined && volumeReasons.has(failure.reason)) return no(type, failure);
  if (claim.status?.phase !== 'Bound')
    return { type, status: 'False', reason: 'Pending', message: 'The volume of the home is being made.' };
  if (warning !== undefined) return { type, status: 'True', ...because(warning) };
  return { type, status: 'True', reason: 'Bound', message: 'The home has its volume.' };
}

export function imagePulled({ pod, failure, phase }: Standing): Judgement | undefined {
  const type = 'ImagePulled';
  const status = ownStatus(pod);
  if (phase === 'Stopped') return undefined;
  if (failure !== undefined && imageReasons.includes(failure.reason)) return no(type, failure);
  if (status === undefined) return undefined;
  const { imageID, state } = status;
  const pulled = imageID !== '' || state?.running !== undefined || state?.terminated !== undefined;
  return pulled
    ? { type, status: 'True', reason: 'Pulled', message: 'The image is on the node.' }
    : { type, status: 'False', reason: 'Pulling', message: 'The image is being pulled.' };
}

/** Whether it has the way in from outside the cluster that it shall have; GuildNet's own proxy needs none. */
export function exposed({ service, externalURL, ingress }: Observed, { exposure }: Standing): Judgement | undefined {
  const type = 'Exposed';
  if (service === undefined) return undefined;
  if (exposure !== undefined) return no(type, exposure);
  const kind = ingress !== undefined ? 'Ingress' : (service.spec?.type ?? 'ClusterIP');
  if (kind === 'ClusterIP')
    return { type, status: 'True', reason: kind, message: "It is reached by GuildNet's proxy and inside the cluster." };
  return externalURL === undefined
    ? { type, status: 'False', reason: 'Pending', message: `Its ${kind} is being set up.` }
    : { type, status: 'True', reason: kind, message: `It is reached at ${externalURL}.` };
}
