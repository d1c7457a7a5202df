import { CommanderError } from 'commander';
import type { Command } from 'commander';
import type { TerminalSession } from '#contract/terminal.ts';
import type { CliContext } from '../context.ts';
import { age } from '../output/age.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface ShellOptions extends HostOptions {
  session?: string;
  list?: boolean;
  end?: string;
}

/** What a shell says of one that the terminal has left: 128 and SIGHUP's number. */
const leftExitCode = 129;

export function addShell(program: Command, context: CliContext): void {
  hostCommand(program, 'shell', 'Open a shell in a workspace', [
    'shell code-server-1a2b3',
    'shell code --list',
    'shell code --session 5f1c0a9be2',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .option('--session <session>', 'come back to one that is open')
    .option('--list', 'list those that are open')
    .option('--end <session>', 'end one that is open')
    .addHelpText(
      'after',
      '\nWhen the connection breaks it comes back by itself. "~." behind a new line leaves the shell; it lives on for half an hour.',
    )
    .action(async (given: string, options: ShellOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      if (options.list === true) return list(session, id);
      if (options.end !== undefined) return end(session, id, options.end);
      return open(session, id, options.session);
    });
}

async function list({ client, output }: Session, id: string): Promise<void> {
  const sessions = await client.terminals.list({ id });
  output.result(sessions, () => terminalTable(sessions, Date.now()));
}

export function terminalTable(sessions: readonly TerminalSession[], now: number): string {
  const state = ({ attached, exit_code }: TerminalSession): string =>
    exit_code !== undefined
      ? `ended with ${String(exit_code)}`
      : attached > 0
        ? `open, ${String(attached)} looking`
        : 'open';
  const rows = sessions.map((one) => [
    one.session,
    age(one.created_at, now),
    `${String(one.cols)}x${String(one.rows)}`,
    state(one),
    one.title,
  ]);
  return formatTable([['SESSION', 'AGE', 'SIZE', 'STATE', 'TITLE'], ...rows]);
}

async function end({ client, output }: Session, id: string, name: string): Promise<void> {
  const ended = await client.terminals.end({ id, session: name });
  output.result(ended, () => `Ended ${name}.`);
}

/** Throws a CommanderError with the shell's exit code. */
async function open(
  { url, openSocket, context, output }: Session,
  id: string,
  name: string | undefined,
): Promise<void> {
  const [{ leftovers, takeTerminal }, { runShell }] = await Promise.all([
    import('../terminal/own-terminal.ts'),
    import('../terminal/shell.ts'),
  ]);
  const terminal = takeTerminal(context);
  let outcome: Awaited<ReturnType<typeof runShell>>;
  try {
    outcome = await runShell({
      url,
      session: name,
      open: () => openSocket(`/api/workspaces/${encodeURIComponent(id)}/terminal`),
      terminal,
      output: context.stdout,
    });
    if (outcome.kind !== 'exited') context.stdout.write(leftovers);
  } finally {
    terminal.restore();
  }
  if (outcome.kind !== 'exited') {
    const back =
      outcome.session === undefined ? '' : ` Come back with: guildnet shell ${id} --session ${outcome.session}`;
    output.note(
      `${outcome.kind === 'left' ? 'Left the shell, which lives on for half an hour.' : 'The host does not answer any more.'}${back}`,
    );
  }
  const code = outcome.kind === 'exited' ? outcome.code : outcome.kind === 'left' ? 0 : leftExitCode;
  if (code !== 0) throw new CommanderError(code, 'guildnet.shell', `The shell ended with ${String(code)}.`);
}
