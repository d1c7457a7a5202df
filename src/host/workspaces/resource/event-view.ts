import { z } from 'zod';
import { cutTextOf, longest } from '#contract/bounded.ts';
import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import { parseEvent } from '../../kube/event-object.ts';

/** What the live view does not keep: it sees warnings only. */
const moreSchema = z.object({
  type: cutTextOf(longest.label).optional(),
  count: z.number().nullish(),
  series: z.object({ count: z.number().nullish() }).nullish(),
});

/** A core/v1 Event as it is shown, with its uid; undefined for what is none. `clean` takes secrets out of its message. */
export function toWorkspaceEvent(
  object: unknown,
  clean: (text: string) => string,
): { uid: string; event: WorkspaceEvent } | undefined {
  const parsed = parseEvent(object);
  const more = moreSchema.safeParse(object);
  if (!('value' in parsed) || !more.success) return undefined;
  const { metadata, about, reason, message, at } = parsed.value;
  const { type, count, series } = more.data;
  const event: WorkspaceEvent = {
    type: type === 'Warning' ? 'Warning' : 'Normal',
    reason,
    message: clean(message),
    about: { kind: about.kind, name: about.name },
    count: Math.max(1, Math.trunc(series?.count ?? count ?? 1)),
    last_at: new Date(at).toISOString(),
  };
  return { uid: metadata.uid, event };
}

/** Each once, the oldest first, the latest `most` of them. */
export function inOrder(found: readonly { uid: string; event: WorkspaceEvent }[], most: number): WorkspaceEvent[] {
  const each = new Map(found.map(({ uid, event }) => [uid, event]));
  return [...each.values()].toSorted((one, other) => Date.parse(one.last_at) - Date.parse(other.last_at)).slice(-most);
}
