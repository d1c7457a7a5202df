import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { ServeOptions } from '../serve/serve.ts';
import { exampleText } from './host-command.ts';

export function addServe(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('Run the host without a window: the web UI, the API and the proxy')
    .option(
      '--listen <address:port>',
      'where to listen (default: LISTEN_LOCAL or 127.0.0.1:8080; port 0 takes a free one)',
    )
    .option('--local', 'use the local cluster, and build and start it now if need be')
    .option('--ui <folder>', 'the built web UI to serve')
    .option('--kubeconfig <file>', 'the kubeconfig of the cluster (default: KUBECONFIG or ~/.kube/config)')
    .option('--context <name>', 'the context of the kubeconfig (default: GUILDNET_CONTEXT or the current one)')
    .option(
      '-n, --namespace <name>',
      'the namespace of the workspaces (default: GUILDNET_NAMESPACE or that of the context)',
    )
    .option(
      '--tailnet <mode>',
      'off; embedded: bring a node of its own; system: use the Tailscale of this computer (default: GUILDNET_TAILNET)',
    )
    .option('--json', 'print one JSON object a line for programs')
    .addHelpText('after', exampleText(['serve', 'serve --local', 'serve --listen 127.0.0.1:9443 --namespace dev']))
    .action(async (options: ServeOptions) => {
      // The host and the Kubernetes client are large; no other command pays for them.
      const { serve } = await import('../serve/serve.ts');
      await serve(context, options);
    });
}
