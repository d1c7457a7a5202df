import { z } from 'zod';

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

const time = z.string().nullish();
const eventSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    creationTimestamp: time,
  }),
  involvedObject: z.looseObject({
    kind: z.string().default(''),
    name: z.string().default(''),
    uid: z.string().default(''),
  }),
  reason: z.string().default(''),
  message: z.string().default(''),
  lastTimestamp: time,
  eventTime: time,
  series: z.looseObject({ lastObservedTime: time }).nullish(),
});

/** Longer messages are cut: those of container runtimes repeat the same words several times over. */
const longest = 2_048;

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
      message: message.slice(0, longest),
      at: Number.isNaN(at) ? 0 : at,
    },
  };
}
