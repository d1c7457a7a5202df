import { z } from 'zod';
import { cutTextOf, longest, textOf } from '#contract/bounded.ts';

/** What we keep of a Kubernetes Event about one of our objects: a busy namespace has tens of thousands of them. */
export interface ObservedEvent {
  metadata: { name: string; uid: string; resourceVersion: string };
  /** The object it is about. */
  about: { kind: string; name: string; uid: string };
  reason: string;
  message: string;
  /** When it was seen last, in milliseconds since the epoch. */
  at: number;
}

/** Longer messages are cut: those of container runtimes repeat the same words several times over. */
const mostOfMessage = 2_048;
const time = cutTextOf(longest.token).nullish();
const eventSchema = z.object({
  metadata: z.object({
    name: textOf(longest.name),
    uid: textOf(longest.token),
    resourceVersion: textOf(longest.token),
    creationTimestamp: time,
  }),
  involvedObject: z.object({
    kind: cutTextOf(longest.name).default(''),
    name: cutTextOf(longest.name).default(''),
    uid: cutTextOf(longest.token).default(''),
  }),
  reason: cutTextOf(longest.reason).default(''),
  message: cutTextOf(mostOfMessage).default(''),
  lastTimestamp: time,
  eventTime: time,
  series: z.object({ lastObservedTime: time }).nullish(),
});

/** Reads a core/v1 Event, whether it was written by the old API (lastTimestamp) or by events.k8s.io (eventTime, series). */
export function parseEvent(object: unknown): { value: ObservedEvent } | { problem: string } {
  const parsed = eventSchema.safeParse(object);
  if (!parsed.success) return { problem: parsed.error.issues.map((issue) => issue.path.join('.')).join(', ') };
  const { metadata, involvedObject, reason, message, lastTimestamp, eventTime, series } = parsed.data;
  const { name, uid, resourceVersion, creationTimestamp } = metadata;
  const at = Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? creationTimestamp ?? '');
  return {
    value: {
      metadata: { name, uid, resourceVersion },
      about: { kind: involvedObject.kind, name: involvedObject.name, uid: involvedObject.uid },
      reason,
      message,
      at: Number.isNaN(at) ? 0 : at,
    },
  };
}
