import { readQualifiedId } from '#contract/qualified-id.ts';
import type { ServerAsk } from '../proxy/resolve/server-order.ts';
import type { Awaited } from '../proxy/waiting/patient-proxy.ts';

/** The workspaces of another context, as requests wait for them: by the ids that they have here. */
export function awaitedThere(awaited: Awaited): Awaited {
  const name = (id: string): string => readQualifiedId(id).id;
  return {
    get isAway() {
      return awaited.isAway;
    },
    get isCurrent() {
      return awaited.isCurrent;
    },
    obstacle: (ask: ServerAsk) => awaited.obstacle({ ...ask, id: name(ask.id) }),
    standing: (id, podUid) => awaited.standing(name(id), podUid),
    onChange: (id, listener) => awaited.onChange(name(id), listener),
    wasIdle: (id) => awaited.wasIdle(name(id)),
    wake: (id) => awaited.wake(name(id)),
  };
}
