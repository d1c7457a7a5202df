import { Argument, CommanderError } from 'commander';
import type { Command } from 'commander';
import { actions } from '#contract/grant.ts';
import type { Action } from '#contract/grant.ts';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface Options extends HostOptions {
  image?: string;
  port?: string;
  as?: string;
}

/** Asks the host what its policy says; ends with 1 where the answer is no, so that scripts can ask. */
export function addCanI(program: Command, context: CliContext): void {
  hostCommand(program, 'can-i', 'Say whether you, or somebody of the tailnet, may do something, and by which rule', [
    'can-i launch --image ghcr.io/team/ide:1',
    'can-i open code-server-1a2b3 --port 8080 --as anna@example.com',
  ])
    .addArgument(new Argument('<action>', 'what is to be done').choices(actions))
    .argument('[id]', 'with which workspace, or the beginning of its name')
    .option('--image <image>', 'what would be launched')
    .option('--port <number>', 'which port would be opened')
    .option('--as <login>', 'ask for this login of the tailnet')
    .action(async (action: Action, given: string | undefined, options: Options) => {
      const session = await openSession(context, options);
      const [workspace] = given === undefined ? [] : await resolveIds(session, [given]);
      const { image, as } = options;
      const answer = await session.client.access.canI({
        action,
        ...(workspace === undefined ? {} : { workspace }),
        ...(image === undefined ? {} : { image }),
        ...(options.port === undefined ? {} : { port: Number(options.port) }),
        ...(as === undefined ? {} : { as }),
      });
      session.output.result(answer, () => `${answer.allowed ? 'yes' : 'no'}: ${answer.reason}\nrule: ${answer.rule}`);
      if (!answer.allowed) throw new CommanderError(1, 'guildnet.denied', answer.reason);
    });
}
