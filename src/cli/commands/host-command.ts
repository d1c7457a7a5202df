import type { Command } from 'commander';
import type { HostConnection } from '../client/host-client.ts';
import type { Meant } from '../client/right-cluster.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import type { Output, OutputOptions } from '../output/output.ts';

/** The options of every command that talks to a host. */
export interface HostOptions extends OutputOptions {
  host?: string;
  ca?: string;
  tokenFile?: string;
  /** Where it is meant to act; the host has to work there, or have it open. */
  context?: string | undefined;
  namespace?: string | undefined;
}

export interface Session extends HostConnection {
  readonly output: Output;
  readonly context: CliContext;
  /** Of the context that is meant, where it is not the one in use but open beside it. */
  readonly label?: string | undefined;
  /** The host's process, when it was found on this machine. */
  readonly pid?: number | undefined;
}

/**
 * A subcommand that talks to a host: `name` with its arguments, and the options that say which host and how to print. `isAimed`: it can be told where it is
 * meant to act; of others `--namespace` is their own.
 */
export function hostCommand(
  program: Command,
  name: string,
  description: string,
  examples: readonly string[],
  { isAimed = true }: { isAimed?: boolean } = {},
): Command {
  const command = program
    .command(name)
    .description(description)
    .option('--host <url>', 'the host to talk to (default: the one running on this machine)')
    .option('--ca <file>', "the certificate authority of that host's certificate (PEM)")
    .option('--token-file <file>', "the file with that host's token (default: GUILDNET_TOKEN_FILE)");
  if (isAimed)
    command
      .option(
        '--context <name>',
        'act in this context of the kubeconfig, which the host works with or has open beside that',
      )
      .option('-n, --namespace <name>', 'act only if the host works with this namespace there');
  return command
    .option('--json', 'print JSON for programs; errors too, on stderr')
    .addHelpText('after', exampleText(examples));
}

export function exampleText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  $ guildnet ${example}`).join('\n')}`;
}

/** Finds the host and connects. The client is loaded here, so that `--help` and usage errors do not wait for it. */
export async function openSession(context: CliContext, options: HostOptions): Promise<Session> {
  const output = await createOutput(context, options);
  const [{ findHost }, { connectHost }] = await Promise.all([
    import('../client/find-host.ts'),
    import('../client/host-client.ts'),
  ]);
  const address = await findHost(options, context.env);
  const connection = await connectHost(address);
  const aimed =
    options.context === undefined && options.namespace === undefined ? {} : await aimedAt(options, connection);
  return { ...connection, ...aimed, output, context, pid: address.pid };
}

/** What speaks with the context that is meant, where it is open beside the one in use. Rejects with `conflict` where the host is not there at all. */
async function aimedAt(
  meant: Meant,
  { client, url, openSocket }: HostConnection,
): Promise<Partial<Pick<Session, 'client' | 'openSocket' | 'label'>>> {
  const { otherCluster } = await import('../client/right-cluster.ts');
  const state = await client.cluster.get();
  const other = otherCluster(meant, state, url);
  if (other === undefined) return {};
  if (meant.context === undefined) throw other;
  const [{ aimOf }, contexts] = await Promise.all([import('../client/aim.ts'), client.cluster.contexts()]);
  const aim = aimOf(meant, contexts, state);
  if (aim === undefined) throw other;
  const { aimedClient, aimedPath } = await import('../client/aimed-client.ts');
  return {
    client: aimedClient(client, aim),
    openSocket: (path) => openSocket(aimedPath(path, aim)),
    label: aim.label,
  };
}

/** The full ids of the workspaces given by unique beginnings, in the order given, each once. */
export async function resolveIds(session: Session, given: readonly string[]): Promise<string[]> {
  const [{ resolveId }, servers] = await Promise.all([
    import('../resolve-id.ts'),
    session.client.workspaces.list(undefined),
  ]);
  const ids = servers.map((server) => server.id);
  return [...new Set(given.map((one) => resolveId(one, ids, 'workspace', session.label)))];
}
