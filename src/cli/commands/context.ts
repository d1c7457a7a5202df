import type { Command } from 'commander';
import type { KubeContext } from '#contract/contexts.ts';
import type { CliContext } from '../context.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';
import { listCommand, openListSession, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

/** `guildnet context`: the contexts of the host's kubeconfig, and which one it works with. */
export function addContext(program: Command, context: CliContext): void {
  const command = program
    .command('context')
    .description('List the contexts of the kubeconfig, and choose which one the host works with');
  listCommand(command, 'ls', 'List the contexts; a star marks the one in use', [
    'context ls',
    'context ls -o name',
  ]).action(async (options: ListOptions) => {
    const session = await openListSession(context, options);
    const contexts = await session.client.cluster.contexts();
    await printList(session, options, {
      value: contexts,
      names: contexts.map(({ name }) => name),
      table: () => contextTable(contexts),
    });
  });
  hostCommand(command, 'use <context>', 'Have the host work with this context, for everybody who uses the host', [
    'context use staging',
    'context use staging -n dev',
  ]).action(async (name: string, { namespace, context: _context, ...options }: HostOptions) => {
    const session = await openSession(context, options);
    const state = await session.client.cluster.use({
      context: name,
      ...(namespace === undefined ? {} : { namespace }),
    });
    const text =
      state.phase === 'online'
        ? `The host works with ${name} already.`
        : `The host connects to ${name}. "guildnet status" says how that goes.`;
    session.output.result(state, () => text);
  });
}

export function contextTable(contexts: readonly KubeContext[]): string {
  if (contexts.length === 0) return 'The kubeconfig has no contexts.';
  const rows = contexts.map(({ name, server, namespace, current }) => [
    current ? '*' : '',
    name,
    namespace ?? '',
    server ?? '',
  ]);
  return formatTable([['', 'CONTEXT', 'NAMESPACE', 'SERVER'], ...rows]);
}
