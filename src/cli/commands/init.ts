import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import { askFor } from '../ask.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { exampleText } from './host-command.ts';

interface InitOptions {
  listen?: string;
  namespace?: string;
  publicUrl?: string;
  localAuth?: string;
  json?: boolean;
}

/** What is asked for at a terminal, by the key in the file. An empty answer leaves it as it is. */
const questions = [
  ['listen', 'Where shall the host listen? (127.0.0.1:8080)'],
  ['namespace', 'In which namespace shall workspaces live? (that of the context)'],
  ['publicUrl', 'At which https address do people find it, if something stands in front of it? (none)'],
] as const;

/** Writes the configuration file, from flags or from what a person answers. Needs no host. */
export function addInit(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('Write the configuration file, from flags or by questions; what stands in it already stays')
    .option('--listen <address:port>', 'where the host listens')
    .option('--namespace <name>', 'the namespace of the workspaces')
    .option('--public-url <url>', 'where people find the host when something stands in front of it')
    .option('--local-auth <rule>', 'token (usual), or off: everyone on this computer is the owner')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', exampleText(['init', 'init --listen 127.0.0.1:9443 --namespace dev']))
    .action(async (options: InitOptions) => {
      const [{ changeConfigFile }, { defaultPaths }] = await Promise.all([
        import('#host/config/write-config.ts'),
        import('#local-cluster/paths.ts'),
      ]);
      const changes = givenBy(options) ?? (await answers(context));
      const file = await changeConfigFile(defaultPaths(context.env).home, changes);
      (await createOutput(context, options)).result(
        { file, changed: Object.keys(changes) },
        () => `${file} is written`,
      );
    });
}

/** What flags say; undefined where there are none. */
function givenBy({ listen, namespace, publicUrl, localAuth }: InitOptions): Record<string, string> | undefined {
  const said = Object.entries({ listen, namespace, publicUrl, localAuth }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

async function answers(context: CliContext): Promise<Record<string, string>> {
  if (context.stdin.isTTY !== true)
    throw new GuildNetError('bad_body', 'There is no terminal to ask at.', {
      remedy: 'Say what shall be set by flags: "guildnet init --help" shows them.',
    });
  const said: Record<string, string> = {};
  for (const [key, question] of questions) {
    const answer = await askFor(context, question);
    if (answer !== '') said[key] = answer;
  }
  return said;
}
