import type { Command } from 'commander';
import type { Home } from '#contract/home.ts';
import { ask } from '../ask.ts';
import type { CliContext } from '../context.ts';
import { localTime } from '../output/local-time.ts';
import { remaining } from '../output/remaining.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

export function addHomes(program: Command, context: CliContext): void {
  const homes = listCommand(program, 'homes', 'List the home volumes, also those of deleted workspaces', [
    'homes',
    'homes rm code-server-1a2b3',
    'restore code-server-1a2b3',
  ]);
  homes.action(async (options: ListOptions) => {
    const session = await openSession(context, options);
    const { client, output } = session;
    const list = await client.homes.list(undefined);
    const names = list.map(({ id }) => id);
    printList(session, options, { value: list, names, table: () => homeTable(list, Date.now()) });
    if (list.length === 0) output.note('There are no homes. Workspaces of IDE images get one when they are launched.');
  });
  hostCommand(homes, 'rm', 'Delete kept homes and all files in them, for good', ['homes rm code-server-1a2b3'])
    .argument('<id...>', 'the workspaces that they belonged to, or the beginnings of their names')
    .option('-y, --yes', 'do not ask')
    .action(async (given: string[], options: HostOptions & { yes?: boolean }) => {
      const session = await openSession(context, options);
      const ids = await resolveHomes(session, given);
      const question = `Delete the homes of ${ids.join(', ')} and all files in them, for good?`;
      if (options.yes !== true && !(await ask(context, question))) {
        session.output.result([], () => 'Nothing was deleted.');
        return;
      }
      for (const id of ids) await session.client.homes.delete({ id });
      session.output.result(
        ids.map((id) => ({ deleted: id })),
        () => ids.map((id) => `the home of ${id} deleted`).join('\n'),
      );
    });
}

/** The full ids of kept homes given by unique beginnings. */
export async function resolveHomes(session: Session, given: readonly string[]): Promise<string[]> {
  const [{ resolveId }, homes] = await Promise.all([import('../resolve-id.ts'), session.client.homes.list(undefined)]);
  // Those in use are among them, so that the host can say why it will not.
  const ids = homes.map((home) => home.id);
  return [...new Set(given.map((one) => resolveId(one, ids, 'home', session.label)))];
}

/** Kept ones first, those that go next on top. Empty when there are none. */
export function homeTable(homes: readonly Home[], now: number): string {
  if (homes.length === 0) return '';
  const rows = homes
    .toSorted((one, other) => order(one).localeCompare(order(other)))
    .map((home) => [home.id, home.state, home.size ?? '-', timeLeft(home, now), home.image ?? '']);
  return formatTable([['NAME', 'STATE', 'SIZE', 'KEPT UNTIL', 'IMAGE'], ...rows]);
}

function order({ state, retained_until, id }: Home): string {
  return `${state === 'used' ? 1 : 0} ${retained_until ?? '9'} ${id}`;
}

function timeLeft({ state, retained_until }: Home, now: number): string {
  if (state !== 'kept') return '-';
  if (retained_until === undefined) return 'you delete it';
  return `${localTime(retained_until)} (${remaining(retained_until, now)})`;
}
