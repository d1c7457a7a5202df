import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import type { OutputOptions } from '../output/output.ts';
import { exampleText } from './host-command.ts';

/** Prints what an administrator applies where a host may not install it itself; needs neither a host nor a cluster. */
export function addCrd(program: Command, context: CliContext): void {
  program
    .command('crd')
    .description('Print the definitions of the resources Workspace and Capability, as a manifest for kubectl')
    .option('--json', 'print it as JSON')
    .addHelpText('after', exampleText(['crd | kubectl apply --server-side -f -']))
    .action(async (options: OutputOptions) => {
      const { crdYaml, ourCrds } = await import('#host/operator/crd-yaml.ts');
      const list = { apiVersion: 'v1', kind: 'List', items: ourCrds() };
      (await createOutput(context, options)).result(list, () => crdYaml().trimEnd());
    });
}
