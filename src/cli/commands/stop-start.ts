import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { parseSeconds } from '../launch/launch-arguments.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addStop(program: Command, context: CliContext): void {
  hostCommand(program, 'stop', 'Stop a workspace and keep it', ['stop code-server-1a2b3', 'stop code'])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .action(async (given: string, options: HostOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const server = await session.client.workspaces.stop({ id });
      session.output.result(server, () => `${id} stops`);
    });
}

export function addRestart(program: Command, context: CliContext): void {
  hostCommand(program, 'restart', 'Replace the pod of a workspace by a new one', ['restart code-server-1a2b3'])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .action(async (given: string, options: HostOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const server = await session.client.workspaces.restart({ id });
      session.output.result(server, () => `${id} restarts`);
    });
}

interface StartOptions extends HostOptions {
  wait: boolean;
  timeout: number;
  open?: boolean;
}

export function addStart(program: Command, context: CliContext): void {
  hostCommand(program, 'start', 'Start a stopped workspace and wait until it runs', [
    'start code-server-1a2b3',
    'start code --open',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .option('--no-wait', 'return at once')
    .option('--timeout <seconds>', 'how long to wait until it runs', parseSeconds, 600)
    .option('--open', 'open it in the browser when it runs')
    .action(async (given: string, options: StartOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const server = await session.client.workspaces.start({ id });
      if (!options.wait && options.open !== true) {
        session.output.result(server, () => `${id} starts`);
        return;
      }
      const { bringUp } = await import('../launch/bring-up.ts');
      await bringUp(session, id, { seconds: options.timeout, open: options.open === true });
    });
}

export function addRestore(program: Command, context: CliContext): void {
  hostCommand(program, 'restore', 'Bring a deleted workspace back with its kept home, and wait until it runs', [
    'restore code-server-1a2b3',
    'restore code --open',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name; see "guildnet homes"')
    .option('--no-wait', 'return at once')
    .option('--timeout <seconds>', 'how long to wait until it runs', parseSeconds, 600)
    .option('--open', 'open it in the browser when it runs')
    .action(async (given: string, options: StartOptions) => {
      const session = await openSession(context, options);
      const { resolveHomes } = await import('./homes.ts');
      const [id = given] = await resolveHomes(session, [given]);
      const accepted = await session.client.homes.restore({ id });
      if (!options.wait && options.open !== true) {
        session.output.result(accepted, () => `${id} is restored`);
        return;
      }
      const { bringUp } = await import('../launch/bring-up.ts');
      await bringUp(session, id, { seconds: options.timeout, open: options.open === true });
    });
}
