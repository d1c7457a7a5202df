import { homedir } from 'node:os';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { exampleText } from './host-command.ts';

interface TrustCommandOptions {
  yes?: boolean;
  print?: boolean;
  json?: boolean;
}

/** `guildnet cert trust`: has this computer's browsers and programs trust the authorities of the host, asking before each change. */
export function addCertTrust(cert: Command, context: CliContext, certsFolder: () => Promise<string>): void {
  cert
    .command('trust')
    .description("Have this computer's browsers and programs trust the authority, asking before each change")
    .option('-y, --yes', 'do not ask')
    .option('--print', 'show the commands and run none')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', exampleText(['cert trust', 'cert trust --print']))
    .action(async (options: TrustCommandOptions) => {
      const [{ X509Certificate }, { readFile }, { authorityFiles }, { planTrust }, stores, { trustAuthority }] =
        await Promise.all([
          import('node:crypto'),
          import('node:fs/promises'),
          import('#host/certs/shown-authorities.ts'),
          import('../trust/plan-trust.ts'),
          import('../trust/trust-stores.ts'),
          import('../trust/trust-authority.ts'),
        ]);
      const { env } = context;
      const output = await createOutput(context, options);
      const databases = await stores.nssDatabases(env['HOME'] ?? homedir());
      const steps = [];
      for (const file of authorityFiles(await certsFolder())) {
        const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined;
          throw error;
        });
        if (text === undefined) continue;
        const name = /^CN=(.*)$/m.exec(new X509Certificate(text).subject)?.[1] ?? 'GuildNet';
        const isRoot = process.getuid?.() === 0;
        const has = (program: string): boolean => stores.hasProgram(program, env);
        steps.push(...planTrust({ platform: process.platform, file, name, isRoot, databases, has }));
      }
      if (steps.length === 0) {
        throw new GuildNetError('not_found', 'There is no authority yet, or no place that would trust it.', {
          remedy: 'Start the host once; then import what "guildnet cert export" prints into your browser.',
        });
      }
      const outcomes = await trustAuthority(context, output, steps, options);
      const todo = outcomes.filter(({ outcome }) => outcome === 'to do' || outcome === 'failed');
      output.result(outcomes, () =>
        todo.length === 0
          ? ''
          : [
              'To be run by you:',
              ...todo.map(
                ({ store, command, why }) => `  ${command}\n    for ${store}${why === undefined ? '' : `: ${why}`}`,
              ),
            ].join('\n'),
      );
    });
}
