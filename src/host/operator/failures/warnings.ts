import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { ObservedEvent } from '../../kube/event-object.ts';
import type { Evidence } from './rule.ts';

/** The latest warning of one of these reasons about an object. */
export function warningAbout(
  { events = [] }: Evidence,
  object: { metadata?: V1ObjectMeta } | undefined,
  reasons: readonly string[],
  message: RegExp = /(?:)/,
): ObservedEvent | undefined {
  const uid = object?.metadata?.uid;
  if (uid === undefined) return undefined;
  return events.find((one) => one.about.uid === uid && reasons.includes(one.reason) && message.test(one.message));
}
