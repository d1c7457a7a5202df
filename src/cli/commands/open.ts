import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { Server } from '#contract/server.ts';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface OpenOptions extends HostOptions {
  print?: boolean;
  port?: number;
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('Write a port from 1 to 65535.');
}

export function addOpen(program: Command, context: CliContext): void {
  hostCommand(program, 'open', 'Open the UI, or a workspace, in the browser, and sign it in', [
    'open',
    'open code-server-1a2b3',
    'open code --print',
    'open code --port 5173',
  ])
    .argument('[id]', 'the workspace, or the beginning of its name (default: the UI)')
    .option('--port <port>', 'another port of the workspace than the preferred one', parsePort)
    .option('--print', 'only print the address, which is good once and for minutes')
    .action(async (given: string | undefined, options: OpenOptions) => {
      const session = await openSession(context, options);
      const opened =
        given === undefined ? await linkToUi(session) : await linkToWorkspace(session, given, options.port);
      const { url } = opened;
      session.output.result(opened, () => url);
      if (options.print === true || session.output.json) return;
      const { openInBrowser } = await import('../open-in-browser.ts');
      await openInBrowser(url, context.env);
    });
}

interface Opened {
  id?: string;
  /** Opens it once. */
  url: string;
  expires_at?: string | undefined;
}

async function linkToUi({ client }: Session): Promise<Opened> {
  return client.access.link(undefined);
}

/** Throws `not_ready` with what to do when there is nothing to show. */
async function linkToWorkspace(session: Session, given: string, port: number | undefined): Promise<Opened> {
  const [id = given] = await resolveIds(session, [given]);
  addressOf(await session.client.workspaces.get({ id }));
  return { id, ...(await session.client.workspaces.open({ id, ...(port === undefined ? {} : { port }) })) };
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
