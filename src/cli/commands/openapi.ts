import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addOpenapi(program: Command, context: CliContext): void {
  hostCommand(program, 'openapi', "Print the description of the host's API (OpenAPI 3.1)", [
    'openapi > guildnet.json',
  ]).action(async (options: HostOptions) => {
    const { client, output } = await openSession(context, options);
    const document = await client.host.openapi(undefined);
    output.result(document, () => JSON.stringify(document, undefined, 2));
  });
}
