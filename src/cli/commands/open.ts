import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { Server } from '#contract/server.ts';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addOpen(program: Command, context: CliContext): void {
  hostCommand(program, 'open', "Print a workspace's address and open it in the browser", [
    'open code-server-1a2b3',
    'open code --print',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .option('--print', 'only print the address')
    .action(async (given: string, options: HostOptions & { print?: boolean }) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const server = await session.client.workspaces.get({ id });
      const url = addressOf(server);
      session.output.result({ id, url }, () => url);
      if (options.print === true || options.json === true) return;
      const { openInBrowser } = await import('../open-in-browser.ts');
      await openInBrowser(url, context.env);
    });
}

/** Where a running workspace is shown. Throws `not_ready` with what to do when there is nothing to show. */
export function addressOf(server: Server): string {
  if (server.phase === 'Running' && server.ide_url !== undefined) return server.ide_url;
  const why = server.failure === undefined ? '' : `: ${server.failure.message}`;
  throw new GuildNetError('not_ready', `${server.id} is ${server.phase}${why}.`.replace(/\.\.$/, '.'), {
    remedy:
      server.phase === 'Stopped'
        ? `Start it with "guildnet start ${server.id}".`
        : (server.failure?.remedy ?? `Wait for it with "guildnet start ${server.id}".`),
    details: { id: server.id },
  });
}
