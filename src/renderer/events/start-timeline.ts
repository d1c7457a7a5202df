import type { Condition } from '#contract/workspace.ts';
import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';

/** What a start consists of, in this order. */
export type StartStep = 'place' | 'image' | 'container' | 'program';

/** One part of the time that a start took, in ms since the epoch. Without `to` it goes on. */
export interface Segment {
  step: StartStep;
  from: number;
  to: number | undefined;
  /** What the cluster says of its end. */
  detail: string | undefined;
}

/** Where something ended, and in which words it was told. */
interface Mark {
  at: number;
  detail: string | undefined;
}

const steps: readonly StartStep[] = ['place', 'image', 'container', 'program'];

/**
 * Where the time of the last start went, from what is told of its pod: Events, which are exact and forgotten after an hour, and the
 * conditions, which stay. Of steps whose end nobody told any more nothing is made up: theirs goes into the next one. Empty for what is not
 * started. Pure.
 */
export function startTimeline(
  { status }: { status: Pick<WorkspaceResource['status'], 'phase' | 'pod' | 'conditions'> },
  events: readonly WorkspaceEvent[],
): Segment[] {
  const isStarting = status.phase === 'Pending' || status.phase === 'Starting';
  if (!isStarting && status.phase !== 'Running') return [];
  const told = (kind: string, reason: string): Mark | undefined => {
    const last = events.findLast(
      ({ about, reason: one, message }) =>
        about.kind === kind &&
        one === reason &&
        status.pod !== undefined &&
        (kind === 'Pod' ? about.name === status.pod : message.includes(status.pod)),
    );
    return last === undefined ? undefined : markOf(last.last_at, last.message);
  };
  const holds = (type: string): Mark | undefined => {
    const found = status.conditions.find((one) => one.type === type);
    return found?.status === 'True' ? markOf(found.lastTransitionTime, found.message) : undefined;
  };
  const begun = told('ReplicaSet', 'SuccessfulCreate') ?? (isStarting ? holds('Progressing') : undefined);
  const ends: Readonly<Record<StartStep, Mark | undefined>> = {
    place: told('Pod', 'Scheduled') ?? holds('Scheduled'),
    image: told('Pod', 'Pulled') ?? holds('ImagePulled'),
    container: told('Pod', 'Started'),
    program: holds('Ready'),
  };
  // A container that was started anew in its pod: of that start alone is something to be said.
  if (startsOf(status.pod, events) > 1)
    return segmentsOf(ends.image?.at, { ...ends, place: undefined, image: undefined }, false);
  return segmentsOf(begun?.at ?? ends.place?.at, ends, isStarting);
}

function startsOf(pod: string | undefined, events: readonly WorkspaceEvent[]): number {
  return events
    .filter(({ about, reason }) => about.kind === 'Pod' && about.name === pod && reason === 'Started')
    .reduce((sum, { count }) => sum + count, 0);
}

/** Times are told by several programs, in part by the second: none ends before it began. */
function segmentsOf(
  begin: number | undefined,
  ends: Readonly<Record<StartStep, Mark | undefined>>,
  isStarting: boolean,
): Segment[] {
  if (begin === undefined) return [];
  const segments: Segment[] = [];
  let from = begin;
  for (const step of steps) {
    const end = ends[step];
    if (end === undefined) {
      if (isStarting) return [...segments, { step, from, to: undefined, detail: undefined }];
      continue;
    }
    const to = Math.max(from, end.at);
    // What began where it ended was over before it is known of.
    if (step !== 'place' || to > begin) segments.push({ step, from, to, detail: end.detail });
    from = to;
  }
  return segments;
}

function markOf(iso: string, message: Condition['message']): Mark | undefined {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? undefined : { at, detail: message === '' ? undefined : message };
}

/** How long all of it took, or has taken at `now` (ms). */
export function totalOf(segments: readonly Segment[], now: number): number {
  const [first] = segments;
  const last = segments.at(-1);
  return first === undefined || last === undefined ? 0 : Math.max(0, (last.to ?? now) - first.from);
}
