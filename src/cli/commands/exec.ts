import { fstatSync } from 'node:fs';
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface ExecOptions extends HostOptions {
  /** Undefined: as the streams of this command are. */
  tty?: boolean;
  input: boolean;
  container?: string;
}

export function addExec(program: Command, context: CliContext): void {
  hostCommand(program, 'exec', 'Run a program in a workspace, and end with its exit code', [
    'exec code-server-1a2b3 -- ls -la',
    'exec code -- sh -c \'echo "$HOME"\'',
    'exec code -- psql < dump.sql',
    'exec code -- tar cz . > work.tar.gz',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .argument('<command...>', 'the program and its arguments, as they are')
    .passThroughOptions()
    .option('-t, --tty', 'in a terminal, also where this is none (default: where input and output are one)')
    .option('-T, --no-tty', 'not in a terminal')
    .option('--no-input', 'without input, as ssh -n')
    .option('-c, --container <name>', 'another container of its pod')
    .addHelpText('after', '\nThe exit code is the program’s. SIGINT, SIGTERM, SIGHUP and SIGQUIT are passed on to it.')
    .action(async (given: string, words: string[], options: ExecOptions, self: Command) => {
      // What is passed through includes the mark behind which it stands.
      const command = words[0] === '--' ? words.slice(1) : words;
      if (command.length === 0)
        self.error('error: no program is named; write it behind "--": guildnet exec ID -- program');
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const code = await runIn(session, id, command, options);
      if (code !== 0) throw new CommanderError(code, 'guildnet.exec', `The program ended with ${String(code)}.`);
    });
}

async function runIn(session: Session, id: string, command: string[], options: ExecOptions): Promise<number> {
  const { context, url } = session;
  const [{ hasTerminal, takeTerminal }, { runRemoteProgram }, { passSignals }] = await Promise.all([
    import('../terminal/own-terminal.ts'),
    import('../terminal/run-program.ts'),
    import('../terminal/pass-signals.ts'),
  ]);
  const isOwn = options.tty !== false && options.input && hasTerminal(context);
  const terminal = isOwn ? takeTerminal(context) : undefined;
  const hasInput = options.input && !isNothing(context.stdin);
  const size = terminal?.size ?? (options.tty === true ? { cols: 80, rows: 24 } : undefined);
  let release: () => void = () => undefined;
  try {
    const socket = await session.openSocket(`/api/workspaces/${encodeURIComponent(id)}/exec`);
    const remote = runRemoteProgram(
      socket,
      url,
      {
        type: 'start',
        command,
        input: hasInput,
        ...(size === undefined ? {} : { tty: size }),
        ...(options.container === undefined ? {} : { container: options.container }),
      },
      { input: hasInput ? context.stdin : undefined, output: context.stdout, errors: context.stderr },
    );
    terminal?.onResize((to) => remote.send({ type: 'resize', ...to }));
    release = passSignals(remote);
    return await remote.ended;
  } finally {
    release();
    terminal?.restore();
    // A pipe that has more to say would keep the command alive.
    context.stdin.pause();
    context.stdin.unref?.();
  }
}

/** `/dev/null`, which scripts have for input: a program without input reads its end just as well, and older clusters have no word for that. */
function isNothing({ isTTY, fd }: CliContext['stdin']): boolean {
  return isTTY !== true && fd !== undefined && fstatSync(fd).isCharacterDevice();
}
