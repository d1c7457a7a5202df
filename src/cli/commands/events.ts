import type { Command } from 'commander';
import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import type { CliContext } from '../context.ts';
import { age } from '../output/age.ts';
import { formatTable } from '../output/table.ts';
import { openSession, resolveIds } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

export function addEvents(program: Command, context: CliContext): void {
  listCommand(program, 'events', 'Show what the cluster has told of a workspace', [
    'events code-server-1a2b3',
    'events code -o yaml',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .action(async (given: string, options: ListOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const value = await session.client.resources.events({ id });
      printList(session, options, {
        value,
        names: value.map(({ reason }) => reason),
        table: (wide) => eventTable(value, Date.now(), wide),
      });
      if (value.length === 0) session.output.note('The cluster tells nothing of it; it forgets after an hour.');
    });
}

/** The oldest first; a message is cut at its first line unless `wide`. Empty when there are none. */
export function eventTable(events: readonly WorkspaceEvent[], now: number, wide = false): string {
  if (events.length === 0) return '';
  const rows = events.map(({ last_at: at, type, reason, about, count, message }) => [
    age(at, now),
    type,
    reason,
    `${about.kind}/${about.name}`,
    count === 1 ? '' : `x${String(count)}`,
    wide ? message.replaceAll(/\s*\n\s*/g, ' ') : (message.split('\n')[0] ?? ''),
  ]);
  return formatTable([['LAST', 'TYPE', 'REASON', 'OBJECT', '', 'MESSAGE'], ...rows]);
}
