import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import { shownAddress } from '#contract/forwards.ts';
import type { Forward } from '#contract/forwards.ts';
import type { CliContext } from '../context.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

export function addForwards(program: Command, context: CliContext): void {
  const forwards = listCommand(program, 'forwards', "List the ports of workspaces at the host's machine", [
    'forwards',
    'forwards code-server-1a2b3',
    'forwards rm 8c1f22aa',
    'forwards rm --all',
  ]);
  forwards.argument('[id]', 'of one workspace only').action(async (given: string | undefined, options: ListOptions) => {
    const session = await openSession(context, options);
    const list = await ofWorkspace(session, given);
    const names = list.map(({ id }) => id);
    printList(session, options, { value: list, names, table: (wide) => forwardTable(list, wide) });
    if (list.length === 0) session.output.note('No port is forwarded. "guildnet forward <id> <port>" forwards one.');
  });
  hostCommand(forwards, 'rm', 'Stop forwards and end their connections', ['forwards rm 8c1f22aa', 'forwards rm --all'])
    .argument('[forward...]', 'their ids, or the beginnings of them')
    .option('--all', 'all of them')
    .action(async (given: string[], options: HostOptions & { all?: boolean }) => {
      const session = await openSession(context, options);
      const ids = await chosen(session, given, options.all === true);
      for (const id of ids) await session.client.forwards.stop({ forward: id });
      session.output.result(
        ids.map((id) => ({ stopped: id })),
        () => ids.map((id) => `${id} stopped`).join('\n'),
      );
    });
}

async function ofWorkspace(session: Session, given: string | undefined): Promise<Forward[]> {
  if (given === undefined) return session.client.forwards.list(undefined);
  const [id = given] = await resolveIds(session, [given]);
  return session.client.forwards.ofWorkspace({ id });
}

async function chosen(session: Session, given: readonly string[], all: boolean): Promise<string[]> {
  if (given.length === 0 && !all) {
    throw new GuildNetError('bad_body', 'Nothing was named to stop.', { remedy: 'Name a forward, or write --all.' });
  }
  const [{ resolveId }, list] = await Promise.all([
    import('../resolve-id.ts'),
    session.client.forwards.list(undefined),
  ]);
  const ids = list.map(({ id }) => id);
  return all ? ids : [...new Set(given.map((one) => resolveId(one, ids, 'forward')))];
}

/** Empty when there are none. `wide`: with what has passed, and what went wrong last. */
export function forwardTable(forwards: readonly Forward[], wide = false): string {
  if (forwards.length === 0) return '';
  const rows = forwards.map((one) => [
    one.id,
    one.workspace,
    String(one.port),
    one.exposed ? `${shownAddress(one)} (other machines, too)` : shownAddress(one),
    one.state,
    String(one.connections.open),
    ...(wide
      ? [String(one.bytes.to_workspace), String(one.bytes.from_workspace), one.problem?.message.split('\n')[0] ?? '-']
      : []),
  ]);
  const more = wide ? ['BYTES THERE', 'BYTES BACK', 'PROBLEM'] : [];
  return formatTable([['ID', 'WORKSPACE', 'PORT', 'ADDRESS', 'STATE', 'CONNECTIONS', ...more], ...rows]);
}
