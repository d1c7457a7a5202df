import type { Command } from 'commander';
import type { AuditEntry } from '#contract/audit.ts';
import type { CliContext } from '../context.ts';
import { age } from '../output/age.ts';
import { formatTable } from '../output/table.ts';
import { listCommand, openListSession, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

interface Options extends ListOptions {
  workspace?: string;
  who?: string;
  denied?: true;
  limit?: string;
}

export function addAudit(program: Command, context: CliContext): void {
  listCommand(program, 'audit', 'Show who changed and opened what, and what was refused, the newest first', [
    'audit --denied',
    'audit --workspace code-server-1a2b3 -o wide',
  ])
    .option('--workspace <id>', 'only what concerns this workspace')
    .option('--who <who>', 'only what this one did, such as user:anna@example.com')
    .option('--denied', 'only what was refused')
    .option('--limit <number>', 'how many at most (default: 100)')
    .action(async (options: Options) => {
      const session = await openListSession(context, options);
      const { workspace, who, denied, limit } = options;
      const value = await session.client.access.audit({
        ...(workspace === undefined ? {} : { workspace }),
        ...(who === undefined ? {} : { who }),
        ...(denied === undefined ? {} : { decision: 'denied' as const }),
        ...(limit === undefined ? {} : { limit: Number(limit) }),
      });
      await printList(session, options, {
        value,
        names: value.map(({ call }) => call),
        table: (wide) => auditTable(value, Date.now(), wide),
      });
      if (value.length === 0) session.output.note('Nothing of the kind has been written down.');
    });
}

/** The newest first; with `wide` the rule as well. Empty when there are none. */
export function auditTable(entries: readonly AuditEntry[], now: number, wide = false): string {
  if (entries.length === 0) return '';
  const rows = entries.map(
    ({ at, who, device, call, workspace, image, context, decision, outcome, rule, repeated }) => [
      age(at, now),
      device === undefined ? who : `${who} (${device})`,
      call,
      workspace ?? image ?? context ?? '-',
      `${decision === 'denied' ? 'denied' : outcome}${repeated === undefined ? '' : ` x${String(repeated + 1)}`}`,
      ...(wide ? [rule] : []),
    ],
  );
  return formatTable([['AGE', 'WHO', 'CALL', 'WORKSPACE', 'OUTCOME', ...(wide ? ['RULE'] : [])], ...rows]);
}
