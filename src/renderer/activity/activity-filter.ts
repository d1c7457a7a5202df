import type { AuditQuery } from '#contract/audit.ts';

/** What of the audit is shown, as it stands in the page's address: so it can be sent, and is there after a reload. */
export interface ActivityFilter {
  workspace: string;
  who: string;
  decision: 'all' | 'allowed' | 'denied';
}

type Address = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What an address asks for; what it says that is none is passed over. Pure. */
export function filterOf({ workspace, who, decision }: Address): ActivityFilter {
  const one = (value: string | readonly string[] | undefined): string =>
    (typeof value === 'string' ? value : (value?.[0] ?? '')).slice(0, 253);
  const chosen = one(decision);
  return {
    workspace: one(workspace),
    who: one(who),
    decision: chosen === 'allowed' || chosen === 'denied' ? chosen : 'all',
  };
}

/** As it goes into the address; what is not asked for is taken out of it. */
export function addressOf({ workspace, who, decision }: ActivityFilter): Record<keyof ActivityFilter, string | null> {
  return { workspace: workspace || null, who: who || null, decision: decision === 'all' ? null : decision };
}

/** The question to the host. */
export function auditQueryOf({ workspace, who, decision }: ActivityFilter, limit: number): AuditQuery {
  const named = workspace.trim();
  const person = who.trim();
  return {
    ...(named === '' ? {} : { workspace: named }),
    ...(person === '' ? {} : { who: person }),
    ...(decision === 'all' ? {} : { decision }),
    limit,
  };
}

export function isFiltering({ workspace, who, decision }: ActivityFilter): boolean {
  return workspace.trim() !== '' || who.trim() !== '' || decision !== 'all';
}
