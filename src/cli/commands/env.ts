import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addEnv(program: Command, context: CliContext): void {
  hostCommand(program, 'env', 'Print the value of one variable of a workspace, also of a secret one', [
    'env code-server-1a2b3 PASSWORD',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .argument('<name>', 'the variable')
    .action(async (given: string, name: string, options: HostOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const answer = await session.client.workspaces.env({ id, name });
      session.output.result(answer, () => answer.value);
    });
}
