import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import type { OutputOptions } from '../output/output.ts';
import { exampleText } from './host-command.ts';

export function addVersion(program: Command, context: CliContext): void {
  program
    .command('version')
    .description('Print the version of this command')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', exampleText(['version', 'version --json']))
    .action(async (options: OutputOptions) => {
      const { version } = context;
      (await createOutput(context, options)).result({ version, node: process.versions.node }, () => version);
    });
}
