import type { Command } from 'commander';
import { leaderName } from '#contract/cluster.ts';
import type { ClusterState } from '#contract/cluster.ts';
import type { HostStatus } from '#contract/host-status.ts';
import type { CliContext } from '../context.ts';
import { describeCluster } from '../output/describe-cluster.ts';
import { formatTable } from '../output/table.ts';
import { describeWorkspace } from '../output/describe-workspace.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface Status {
  host: { url: string; name: string; version: string; pid?: number };
  cluster: ClusterState;
  operator?: HostStatus['operator'];
}

export function addStatus(program: Command, context: CliContext): void {
  hostCommand(program, 'status', 'Show the host and its cluster, or one workspace', ['status', 'status code --json'])
    .argument('[id]', 'a workspace, or the beginning of its name')
    .action(async (given: string | undefined, options: HostOptions) => {
      const session = await openSession(context, options);
      if (given === undefined) await showHost(session);
      else await showWorkspace(session, given);
    });
}

async function showHost({ client, output, url, pid }: Session): Promise<void> {
  const [ui, { cluster, operator }] = await Promise.all([
    client.host.uiConfig(undefined),
    client.host.status(undefined),
  ]);
  const status: Status = {
    host: { url, ...ui, ...(pid === undefined ? {} : { pid }) },
    cluster,
    ...(operator === undefined ? {} : { operator }),
  };
  output.result(status, () => statusText(status));
}

async function showWorkspace(session: Session, given: string): Promise<void> {
  const [id = given] = await resolveIds(session, [given]);
  const server = await session.client.workspaces.get({ id });
  session.output.result(server, () => describeWorkspace(server));
}

/** Host and cluster, one fact a line; a problem of the cluster with what to do about it. */
export function statusText({ host, cluster, operator }: Status): string {
  const lines = [
    ['host', host.url],
    ['version', host.version],
    ...(host.pid === undefined ? [] : [['process', String(host.pid)]]),
    ['cluster', describeCluster(cluster)],
    ...(cluster.namespace === undefined ? [] : [['namespace', cluster.namespace]]),
    ...(cluster.leader === undefined ? [] : [['reconciled by', leaderName(cluster.leader)]]),
    ...(operator === undefined ? [] : [['operator', operatorText(operator)]]),
    ...(cluster.problem?.remedy === undefined ? [] : [['', cluster.problem.remedy]]),
    ...(cluster.notes ?? []).flatMap(({ message, remedy }) => [
      ['warning', message],
      ...(remedy === undefined ? [] : [['', remedy]]),
    ]),
  ];
  return formatTable(lines);
}

function operatorText({ waiting, reconciled, failed }: NonNullable<HostStatus['operator']>): string {
  return `${String(waiting)} waiting, ${String(reconciled)} reconciled, ${String(failed)} tried again`;
}
