import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { parseSeconds } from '../launch/launch-arguments.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';
import { resolveHomes } from './homes.ts';

/** A command that asks one thing of one workspace. */
interface OneCommand {
  name: string;
  description: string;
  /** What the id stands for, where it is no workspace that there is. */
  id?: string;
  examples: readonly string[];
  resolve(session: Session, given: readonly string[]): Promise<string[]>;
  /** Resolves with what `--json` prints. */
  act(session: Session, id: string): Promise<unknown>;
  /** "stops", after the id. */
  done: string;
}

const anyWorkspace = 'the workspace, or the beginning of its name';

function addOne(program: Command, { name, description, examples, id = anyWorkspace }: OneCommand): Command {
  return hostCommand(program, name, description, examples).argument('<id>', id);
}

async function actOn(one: OneCommand, context: CliContext, given: string, options: HostOptions) {
  const session = await openSession(context, options);
  const [id = given] = await one.resolve(session, [given]);
  const result = await one.act(session, id);
  return { session, id, print: () => session.output.result(result, () => `${id} ${one.done}`) };
}

/** Returns as soon as the host has taken it. */
function addAtOnce(program: Command, context: CliContext, one: OneCommand): void {
  addOne(program, one).action(async (given: string, options: HostOptions) => {
    const { print } = await actOn(one, context, given, options);
    print();
  });
}

interface StartOptions extends HostOptions {
  wait: boolean;
  timeout: number;
  open?: boolean;
}

/** Waits until the workspace runs, unless told not to. */
function addUntilRunning(program: Command, context: CliContext, one: OneCommand): void {
  addOne(program, one)
    .option('--no-wait', 'return at once')
    .option('--timeout <seconds>', 'how long to wait until it runs', parseSeconds, 600)
    .option('--open', 'open it in the browser when it runs')
    .action(async (given: string, options: StartOptions) => {
      const { session, id, print } = await actOn(one, context, given, options);
      if (!options.wait && options.open !== true) {
        print();
        return;
      }
      const { bringUp } = await import('../launch/bring-up.ts');
      await bringUp(session, id, { seconds: options.timeout, open: options.open === true });
    });
}

export function addStop(program: Command, context: CliContext): void {
  addAtOnce(program, context, {
    name: 'stop',
    description: 'Stop a workspace and keep it',
    examples: ['stop code-server-1a2b3', 'stop code'],
    resolve: resolveIds,
    act: (session, id) => session.client.workspaces.stop({ id }),
    done: 'stops',
  });
}

export function addRestart(program: Command, context: CliContext): void {
  addAtOnce(program, context, {
    name: 'restart',
    description: 'Replace the pod of a workspace by a new one',
    examples: ['restart code-server-1a2b3'],
    resolve: resolveIds,
    act: (session, id) => session.client.workspaces.restart({ id }),
    done: 'restarts',
  });
}

export function addStart(program: Command, context: CliContext): void {
  addUntilRunning(program, context, {
    name: 'start',
    description: 'Start a stopped workspace and wait until it runs',
    examples: ['start code-server-1a2b3', 'start code --open'],
    resolve: resolveIds,
    act: (session, id) => session.client.workspaces.start({ id }),
    done: 'starts',
  });
}

export function addRestore(program: Command, context: CliContext): void {
  addUntilRunning(program, context, {
    name: 'restore',
    description: 'Bring a deleted workspace back with its kept home, and wait until it runs',
    id: `${anyWorkspace}; see "guildnet homes"`,
    examples: ['restore code-server-1a2b3', 'restore code --open'],
    resolve: resolveHomes,
    act: (session, id) => session.client.homes.restore({ id }),
    done: 'is restored',
  });
}
