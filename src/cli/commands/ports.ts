import type { Command } from 'commander';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import type { CliContext } from '../context.ts';
import { formatTable } from '../output/table.ts';
import { openSession, resolveIds } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

export function addPorts(program: Command, context: CliContext): void {
  listCommand(
    program,
    'ports',
    'List the ports of a workspace, those that something listens at included, and where they are shown',
    ['ports code-server-1a2b3'],
  )
    .argument('<id>', 'the workspace, or the beginning of its name')
    .action(async (given: string, options: ListOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const value = await session.client.resources.ports({ id });
      const names = value.map(({ port }) => String(port));
      printList(session, options, { value, names, table: () => portTable(value) });
    });
}

export function portTable(ports: readonly WorkspacePort[]): string {
  const open = ({ listening }: WorkspacePort): string => (listening === undefined ? '-' : listening ? 'yes' : 'no');
  const rows = ports.map((one) => [
    String(one.port),
    one.declared ? one.name : '(not declared)',
    one.protocol,
    open(one),
    one.url ?? '-',
  ]);
  return formatTable([['PORT', 'NAME', 'PROTOCOL', 'OPEN', 'ADDRESS'], ...rows]);
}
