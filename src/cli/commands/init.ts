import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { askSettings } from '../init/ask-settings.ts';
import type { InitSettings } from '../init/ask-settings.ts';
import { createOutput } from '../output/output.ts';
import type { OutputOptions } from '../output/output.ts';
import { exampleText } from './host-command.ts';

interface InitOptions extends OutputOptions {
  listen?: string;
  namespace?: string;
  publicUrl?: string;
  localAuth?: string;
  loginServer?: string;
  authKeyFile?: string;
  hostname?: string;
}

/** Writes the configuration file, from flags or from what a person answers. Needs no host. */
export function addInit(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('Write the configuration file, from flags or by questions; what stands in it already stays')
    .option('--listen <address:port>', 'where the host listens')
    .option('--namespace <name>', 'the namespace of the workspaces')
    .option('--public-url <url>', 'where people find the host when something stands in front of it')
    .option('--local-auth <rule>', 'token (usual), or off: everyone on this computer is the owner')
    .option('--login-server <url>', 'the control server of the tailnet; with it, the host joins that')
    // A key itself would be in the list of processes and in the shell's history.
    .option('--auth-key-file <file>', 'the file with a key to join it; - reads it from the standard input')
    .option('--hostname <name>', 'what the host is called there')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      exampleText([
        'init',
        'init --listen 127.0.0.1:9443 --namespace dev',
        'init --login-server https://headscale.example --auth-key-file - --hostname desk',
      ]),
    )
    .action(async (options: InitOptions) => {
      const [{ writeSettings }, { defaultPaths }] = await Promise.all([
        import('../init/write-settings.ts'),
        import('#local-cluster/paths.ts'),
      ]);
      const settings = (await givenBy(context, options)) ?? (await askSettings(context));
      const { file, keyFile } = await writeSettings(defaultPaths(context.env).home, settings);
      const changed = Object.keys(settings);
      (await createOutput(context, options)).result(
        { file, changed, ...(keyFile === undefined ? {} : { keyFile }) },
        () =>
          [`${file} is written`, ...(keyFile === undefined ? [] : [`The key is in ${keyFile}, for you alone.`])].join(
            '\n',
          ),
      );
    });
}

/** What flags say; undefined where there are none. */
async function givenBy(context: CliContext, options: InitOptions): Promise<InitSettings | undefined> {
  const { listen, namespace, publicUrl, localAuth, loginServer, hostname, authKeyFile } = options;
  const said = Object.entries({
    listen,
    namespace,
    publicUrl,
    localAuth,
    tailnetLoginServer: loginServer,
    tailnetHostname: hostname,
  }).filter((entry) => entry[1] !== undefined);
  if (said.length === 0 && authKeyFile === undefined) return undefined;
  const { readAuthKey } = await import('../read-auth-key.ts');
  return {
    ...(Object.fromEntries(said) as InitSettings),
    ...(authKeyFile === undefined ? {} : { authKey: await readAuthKey(context, authKeyFile) }),
  };
}
