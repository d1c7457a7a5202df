import type { Command } from 'commander';
import type { Problem } from '#contract/cluster.ts';
import type { ClusterResources, ClusterRights } from '#contract/cluster-resources.ts';
import type { CliContext } from '../context.ts';
import { coresText, memoryText, ofText } from '../output/amounts.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

/** `guildnet capacity` and `guildnet rights`: what the host's cluster has, and what it lets the host do. */
export function addCapacity(program: Command, context: CliContext): void {
  hostCommand(program, 'capacity', 'Show the nodes of the cluster, what they have, and what it is used for', [
    'capacity',
    'capacity --json | jq .workspaces',
  ]).action(async (options: HostOptions) => {
    const { client, output } = await openSession(context, options);
    const found = await client.cluster.resources();
    output.result(found, () => capacityText(found));
  });
}

export function addRights(program: Command, context: CliContext): void {
  hostCommand(program, 'rights', 'Show what the cluster lets the host do, rule by rule, and what that is for', [
    'rights',
    "rights --json | jq '.rules[] | select(.missing != [])'",
  ]).action(async (options: HostOptions) => {
    const { client, output } = await openSession(context, options);
    const found = await client.cluster.rights();
    output.result(found, () => rightsText(found));
  });
}

/** Nodes, then workspaces, then why something is not there. */
export function capacityText({ nodes, workspaces, problems }: ClusterResources): string {
  const nodeRows = nodes.map(({ name, ready, schedulable, complaints, allocatable, requested, used }) => [
    name,
    [ready ? 'Ready' : 'NotReady', ...(schedulable ? [] : ['cordoned']), ...complaints].join(', '),
    ofText(requested.cpu, allocatable.cpu, coresText),
    ofText(requested.memory, allocatable.memory, memoryText),
    ofText(requested.pods, allocatable.pods, String),
    used === undefined ? '-' : `${coresText(used.cpu)}, ${memoryText(used.memory)}`,
  ]);
  const workspaceRows = workspaces.map(({ id, node, requested, used }) => [
    id,
    node ?? '-',
    coresText(requested.cpu),
    memoryText(requested.memory),
    used === undefined ? '-' : `${coresText(used.cpu)}, ${memoryText(used.memory)}`,
  ]);
  const tables = [
    ...(nodes.length === 0
      ? []
      : [[['NODE', 'STATE', 'CPU REQUESTED', 'MEMORY REQUESTED', 'PODS', 'USED'], ...nodeRows]]),
    ...(workspaces.length === 0 ? [] : [[['WORKSPACE', 'NODE', 'CPU', 'MEMORY', 'USED'], ...workspaceRows]]),
  ].map((rows) => formatTable(rows));
  const why = [problems.nodes, problems.others, problems.usage].flatMap((problem) =>
    problem === undefined ? [] : [problemText(problem)],
  );
  const parts = [...tables, ...why];
  return parts.length === 0 ? 'The cluster has no node, and no workspace runs.' : parts.join('\n\n');
}

function problemText({ message, remedy }: Problem): string {
  return remedy === undefined ? message : `${message}\n→ ${remedy}`;
}

/** A rule a line; below it, what of it is missing. */
export function rightsText({ user, namespace, rules }: ClusterRights): string {
  const lacking = rules.filter(({ missing }) => missing.length > 0).length;
  const head =
    lacking === 0
      ? `All ${String(rules.length)} rules that GuildNet asks for are granted${user === '' ? '' : ` to "${user}"`}.`
      : `${String(lacking)} of ${String(rules.length)} rules are not granted${user === '' ? '' : ` to "${user}"`} as a whole. \`guildnet rbac --namespace ${namespace}\` prints what an administrator applies.`;
  const rows = rules.flatMap(({ why, scope, grants, missing, vital }) => [
    [missing.length === 0 ? 'granted' : vital ? 'error' : 'missing', scope, grants, why],
    ...(missing.length === 0 ? [] : [['', '', `→ not: ${missing.join('; ')}`]]),
  ]);
  return `${head}\n\n${formatTable(rows)}`;
}
