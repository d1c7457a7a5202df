import type { Command } from 'commander';
import type { KubeContext } from '#contract/contexts.ts';
import type { CliContext } from '../context.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

/** `guildnet context`: the contexts of the host's kubeconfig, and which one it works with. */
export function addContext(program: Command, context: CliContext): void {
  const command = program
    .command('context')
    .alias('contexts')
    .description(
      'List the contexts of the kubeconfig, choose which one the host works with, and open others beside it',
    );
  listCommand(command, 'ls', 'List the contexts; a star marks the one in use', [
    'context ls',
    'context ls -o name',
  ]).action(async (options: ListOptions) => {
    const session = await openSession(context, options);
    const contexts = await session.client.cluster.contexts();
    printList(session, options, {
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
  hostCommand(command, 'open <context>', 'Have the host open this context beside the one in use', [
    'context open staging',
    'ls --context staging',
    'shell code-server-abc12@staging',
  ]).action(async (name: string, { namespace, context: _context, ...options }: HostOptions) => {
    const session = await openSession(context, options);
    const opened = await session.client.cluster.open({
      context: name,
      ...(namespace === undefined ? {} : { namespace }),
    });
    session.output.result(opened, () => openedText(opened));
  });
  hostCommand(command, 'close <context>', 'Have the host leave this context; its workspaces go on', [
    'context close staging',
  ]).action(async (name: string, { context: _context, ...options }: HostOptions) => {
    const session = await openSession(context, options);
    const closed = await session.client.cluster.close({ context: name });
    session.output.result(closed, () => `${name} is not open beside the context in use.`);
  });
}

function openedText({ name, label, current }: KubeContext): string {
  if (current) return `The host works with ${name} already.`;
  return `The host opens ${name}: its workspaces are <name>@${label ?? ''}. "guildnet context ls" says how that goes.`;
}

/** In a word or two: in use, open and how it fares, or nothing. */
function stateText({ current, label, open }: KubeContext): string {
  if (current) return 'in use';
  if (open === undefined) return '';
  return `${open.phase} as @${label ?? ''}`;
}

export function contextTable(contexts: readonly KubeContext[]): string {
  if (contexts.length === 0) return 'The kubeconfig has no contexts.';
  const rows = contexts.map((one) => [
    one.current ? '*' : '',
    one.name,
    one.open?.namespace ?? one.namespace ?? '',
    stateText(one),
    one.server ?? '',
  ]);
  const problems = contexts.flatMap(({ name, open }) =>
    open?.problem === undefined ? [] : [`${name}: ${open.problem.message}`],
  );
  return [formatTable([['', 'CONTEXT', 'NAMESPACE', 'STATE', 'SERVER'], ...rows]), ...problems].join('\n');
}
