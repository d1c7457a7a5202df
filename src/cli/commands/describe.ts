import type { Command } from 'commander';
import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import type { CliContext } from '../context.ts';
import { formatTable } from '../output/table.ts';
import { eventTable } from './events.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addDescribe(program: Command, context: CliContext): void {
  hostCommand(program, 'describe', 'Show all that is known of a workspace: spec, conditions, events', [
    'describe code-server-1a2b3',
    'describe code --json',
  ])
    .argument('<id>', 'the workspace, or the beginning of its name')
    .action(async (given: string, options: HostOptions) => {
      const session = await openSession(context, options);
      const [id = given] = await resolveIds(session, [given]);
      const [workspace, events] = await Promise.all([
        session.client.resources.get({ id }),
        session.client.resources.events({ id }),
      ]);
      const { stringify } = await import('yaml');
      const value = { ...workspace, events };
      session.output.result(value, () => describedResource(workspace, events, { now: Date.now(), yaml: stringify }));
    });
}

/** In paragraphs: facts, spec (YAML), conditions, events. */
export function describedResource(
  { id, labels, spec, status, created_at: created }: WorkspaceResource,
  events: readonly WorkspaceEvent[],
  { now, yaml }: { now: number; yaml: (value: unknown) => string },
): string {
  const { phase, node, pod, url, external_url: external, failure } = status;
  const facts = [
    ['workspace', id],
    ['phase', phase],
    ['address', url],
    ...(external === undefined ? [] : [['from outside', external]]),
    ...(created === undefined ? [] : [['created', created]]),
    ...(pod === undefined ? [] : [['pod', pod]]),
    ...(node === undefined ? [] : [['node', node]]),
    ...(failure === undefined ? [] : [['reason', `${failure.reason}: ${failure.message}`]]),
    ...(failure?.remedy === undefined ? [] : [['', failure.remedy]]),
    ...(status.changed_from_next_start
      ? [['changed', 'from its next start on; to have it now: guildnet restart']]
      : []),
    ...(status.stop_reason === undefined ? [] : [['stopped', status.stop_reason]]),
  ];
  const conditions = status.conditions.map(({ type, status: holds, reason, message }) => [
    type,
    holds,
    reason,
    message,
  ]);
  const indented = (text: string): string => text.trimEnd().replaceAll(/^/gm, '  ');
  return [
    formatTable(facts),
    `labels:\n${indented(yaml(labels))}`,
    `spec:\n${indented(yaml(spec))}`,
    ...(conditions.length === 0 ? [] : [`conditions:\n${indented(formatTable(conditions))}`]),
    `events:\n${indented(events.length === 0 ? 'none' : eventTable(events, now))}`,
  ].join('\n\n');
}
