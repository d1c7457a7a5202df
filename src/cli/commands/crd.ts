import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { exampleText } from './host-command.ts';

/** Prints what an administrator applies where a host may not install it itself; needs neither a host nor a cluster. */
export function addCrd(program: Command, context: CliContext): void {
  program
    .command('crd')
    .description('Print the definition of the Workspace resource, as a manifest for kubectl')
    .option('--json', 'print it as JSON')
    .addHelpText('after', exampleText(['crd | kubectl apply --server-side -f -']))
    .action(async (options: { json?: boolean }) => {
      const { workspaceCrd } = await import('#contract/crd.ts');
      const { crdYaml } = await import('#host/operator/crd-yaml.ts');
      createOutput(context, options).result(workspaceCrd(), () => crdYaml().trimEnd());
    });
}
