import type { Command } from 'commander';
import { mostAuditEntries } from '#contract/audit.ts';
import type { AuditEntry, AuditQuery } from '#contract/audit.ts';
import type { CliContext } from '../context.ts';
import { age } from '../output/age.ts';
import { formatTable } from '../output/table.ts';
import { openSession } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

interface Options extends ListOptions {
  workspace?: string;
  who?: string;
  denied?: true;
  limit?: string;
  before?: string;
  all?: true;
}

export function addAudit(program: Command, context: CliContext): void {
  listCommand(program, 'audit', 'Show who changed and opened what, and what was refused, the newest first', [
    'audit --denied',
    'audit --workspace code-server-1a2b3 -o wide',
    'audit --all -o json',
  ])
    .option('--workspace <id>', 'only what concerns this workspace')
    .option('--who <who>', 'only what this one did, such as user:anna@example.com')
    .option('--denied', 'only what was refused')
    .option('--limit <number>', 'how many at most, 1000 at a time (default: 100)')
    .option('--before <id>', 'only what is older than this entry; -o wide shows the ids')
    .option('--all', 'everything that is kept')
    .action(async (options: Options) => {
      const session = await openSession(context, options);
      const { workspace, who, denied, limit, before, all } = options;
      const query = {
        ...(workspace === undefined ? {} : { workspace }),
        ...(who === undefined ? {} : { who }),
        ...(denied === undefined ? {} : { decision: 'denied' as const }),
        ...(before === undefined ? {} : { before }),
      };
      const ask: AskAudit = (more) => session.client.access.audit({ ...query, ...more });
      const value = await (all === undefined
        ? ask(limit === undefined ? {} : { limit: Number(limit) })
        : everyEntry(ask));
      printList(session, options, {
        value,
        names: value.map(({ call }) => call),
        table: (wide) => auditTable(value, Date.now(), wide),
      });
      if (value.length === 0) session.output.note('Nothing of the kind has been written down.');
    });
}

type AskAudit = (more: Pick<AuditQuery, 'before' | 'limit'>) => Promise<AuditEntry[]>;

/** All that there is, page by page. */
export async function everyEntry(ask: AskAudit): Promise<AuditEntry[]> {
  const found = await ask({ limit: mostAuditEntries });
  for (let page = found; page.length === mostAuditEntries; ) {
    const before = page.at(-1)?.id;
    if (before === undefined) break;
    page = await ask({ limit: mostAuditEntries, before });
    found.push(...page);
  }
  return found;
}

/** The newest first; with `wide` the rule and the id as well. Empty when there are none. */
export function auditTable(entries: readonly AuditEntry[], now: number, wide = false): string {
  if (entries.length === 0) return '';
  const rows = entries.map(
    ({ at, who, device, call, workspace, image, context, decision, outcome, rule, repeated, id }) => [
      age(at, now),
      device === undefined ? who : `${who} (${device})`,
      call,
      workspace ?? image ?? context ?? '-',
      `${decision === 'denied' ? 'denied' : outcome}${repeated === undefined ? '' : ` x${String(repeated + 1)}`}`,
      ...(wide ? [rule, id ?? '-'] : []),
    ],
  );
  return formatTable([['AGE', 'WHO', 'CALL', 'WORKSPACE', 'OUTCOME', ...(wide ? ['RULE', 'ID'] : [])], ...rows]);
}
