import type { Command } from 'commander';
import type { HostConnection } from '../client/host-client.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import type { Output } from '../output/output.ts';

/** The options of every command that talks to a host. */
export interface HostOptions {
  host?: string;
  ca?: string;
  tokenFile?: string;
  /** Where it is meant to act; the host has to work there. */
  context?: string | undefined;
  namespace?: string | undefined;
  json?: boolean;
}

export interface Session extends HostConnection {
  readonly output: Output;
  readonly context: CliContext;
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
      .option('--context <name>', 'act only if the host works with this context of the kubeconfig')
      .option('-n, --namespace <name>', 'act only if the host works with this namespace');
  return command
    .option('--json', 'print JSON for programs; errors too, on stderr')
    .addHelpText('after', exampleText(examples));
}

export function exampleText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  $ guildnet ${example}`).join('\n')}`;
}

/** Finds the host and connects. The client is loaded here, so that `--help` and usage errors do not wait for it. */
export async function openSession(context: CliContext, options: HostOptions): Promise<Session> {
  const output = createOutput(context, options);
  const [{ findHost }, { connectHost }] = await Promise.all([
    import('../client/find-host.ts'),
    import('../client/host-client.ts'),
  ]);
  const address = await findHost(options, context.env);
  const connection = await connectHost(address);
  if (options.context !== undefined || options.namespace !== undefined) {
    const { otherCluster } = await import('../client/right-cluster.ts');
    const other = otherCluster(options, await connection.client.cluster.get(), connection.url);
    if (other !== undefined) throw other;
  }
  return { ...connection, output, context, pid: address.pid };
}

/** The full ids of the workspaces given by unique beginnings, in the order given, each once. */
export async function resolveIds(session: Session, given: readonly string[]): Promise<string[]> {
  const [{ resolveId }, servers] = await Promise.all([
    import('../resolve-id.ts'),
    session.client.workspaces.list(undefined),
  ]);
  const ids = servers.map((server) => server.id);
  return [...new Set(given.map((one) => resolveId(one, ids)))];
}
