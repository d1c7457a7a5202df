import type { AuditEntry, AuditQuery } from '#contract/audit.ts';
import type { Decision } from '#contract/grant.ts';
import type { Who } from '#contract/identity.ts';
import type { AuditFile } from './audit-file.ts';

/** What is written down of one act. */
export interface Act {
  who: Who;
  call: string;
  workspace?: string | undefined;
  image?: string | undefined;
  context?: string | undefined;
  decision: Pick<Decision, 'allowed' | 'rule'>;
  /** `ok` unless given. */
  outcome?: string | undefined;
  requestId?: string | undefined;
}

/** Who changed and opened what, and what was refused. */
export interface Audit {
  record(act: Act): void;
  /** Somebody uses a workspace: written down where they have not for half an hour. */
  opened(act: Omit<Act, 'call' | 'workspace'> & { workspace: string }): void;
  recent(query: AuditQuery): Promise<AuditEntry[]>;
  flush(): Promise<void>;
}

export interface AuditOptions {
  file: AuditFile;
  ownerOf(who: Who): string;
  /** Where else it is told: in the cluster, of what peers do. Never throws. */
  tell?: (act: Act, who: string) => void;
  now?: () => number;
}

/** Somebody who was away for longer comes anew. */
const sessionMs = 30 * 60_000;
/** The same refusal, over and over, is one line in this time, and a count. */
const refusalMs = 10_000;
const mostRemembered = 4_096;

export function createAudit({ file, ownerOf, tell, now = Date.now }: AuditOptions): Audit {
  const sessions = new Map<string, number>();
  const refusals = new Map<string, { at: number; repeated: number }>();

  function write(act: Act, repeated = 0): void {
    const { who, call, workspace, image, context, decision, outcome = 'ok', requestId } = act;
    const name = ownerOf(who);
    file.add({
      at: new Date(now()).toISOString(),
      who: name,
      ...(who.kind === 'peer' ? { device: who.device.name, device_id: who.device.id } : {}),
      call,
      ...(workspace === undefined ? {} : { workspace: workspace.slice(0, 253) }),
      ...(image === undefined ? {} : { image: image.slice(0, 512) }),
      ...(context === undefined ? {} : { context: context.slice(0, 4_096) }),
      decision: decision.allowed ? 'allowed' : 'denied',
      rule: decision.rule,
      outcome,
      ...(requestId === undefined ? {} : { request_id: requestId }),
      ...(repeated === 0 ? {} : { repeated }),
    });
    if (decision.allowed && outcome === 'ok') tell?.(act, name);
  }

  function record(act: Act): void {
    if (act.decision.allowed) return write(act);
    const device = act.who.kind === 'peer' ? act.who.device.id : '';
    const key = [ownerOf(act.who), device, act.call, act.workspace, act.decision.rule].join('\n');
    const known = refusals.get(key);
    const at = now();
    if (known !== undefined && at - known.at < refusalMs) {
      known.repeated += 1;
      return;
    }
    remember(refusals, key, { at, repeated: 0 });
    write(act, known?.repeated);
  }

  return {
    record,
    opened(act) {
      const device = act.who.kind === 'peer' ? act.who.device.id : '';
      const key = [ownerOf(act.who), device, act.workspace].join('\n');
      const before = sessions.get(key);
      const at = now();
      remember(sessions, key, at);
      if (before === undefined || at - before > sessionMs) record({ ...act, call: 'workspace.open' });
    },
    recent: file.recent,
    flush: file.flush,
  };
}

/** The one that was not heard of for longest is forgotten. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= mostRemembered) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
