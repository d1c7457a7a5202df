import { readFile } from 'node:fs/promises';
import { Exec } from '@kubernetes/client-node';
import type { V1Status } from '@kubernetes/client-node';
import { connectHost } from '#cli/client/host-client.ts';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import type { HeadlessHost } from '#test/headless-host.ts';
import { borrowTestCluster } from '#test/test-cluster.ts';
import { runScript } from '../scripts/run-script.ts';
import { apiServer, workspacesPath } from './api/api-server.ts';
import { measures } from './api/figures.ts';
import type { Figures, Paths } from './api/figures.ts';
import { costOf } from './api/followers.ts';
import type { Cost } from './api/followers.ts';
import { measure } from './api/measure.ts';
import { benchArguments } from './bench-arguments.ts';
import { asOwner, metricsOf } from './host-metrics.ts';
import type { Read } from './host-metrics.ts';
import { sample } from './operator-scale/metrics-text.ts';
import type { Contender } from './proxy/load.ts';
import { ensurePeers } from './proxy/peers.ts';
import { inRounds, shownRounds } from './rounds.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:api -- [options]
Measures how the API tells of many workspaces, which are stopped, beside the cluster's API server telling of the same ones in the same
run; then what followers of /sse/workspaces and of a log cost the host.

Options:
  --workspaces <n>  how many (default 1000)
  --rounds <n>      how many of each, of which the medians are shown (default 3)
  --seconds <n>     how long each load lasts (default 5)
  --json            print all figures as JSON
  --help            show this text
`;

const creators = 8;
const listFollowers = 200;
const logFollowers = 100;
/** So many workspaces are changed before those who follow the list. */
const changes = 100;
const logLines = 10_000;

async function main(): Promise<number> {
  const values = benchArguments(usage, { workspaces: '1000', rounds: '3', seconds: '5' });
  if (values === undefined) return 0;
  const count = wholeNumber('--workspaces', values.workspaces);
  const rounds = wholeNumber('--rounds', values.rounds);
  const seconds = wholeNumber('--seconds', values.seconds);
  const report = progressLines();
  const program = await ensurePeers(report);
  await using owned = new AsyncDisposableStack();
  const cluster = owned.use(await borrowTestCluster('node', { report }));
  const namespace = owned.use(await createNamespace(cluster.kubeconfigPath));
  const host = owned.use(
    await startHeadlessHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name }),
  );
  const read = await metricsOf(host);
  await createAll(namespace, count, read, report);

  const ours = await ourApi(host);
  const theirs = await apiServer(namespace);
  const their = workspacesPath(namespace.name);
  const paths = new Map<string, Paths>([
    [ours.name, { list: '/api/servers', page: '/api/workspaces?limit=100', one: '/api/workspaces/w0' }],
    // From its watch cache, as ours comes from a cache: what informers ask for.
    [theirs.name, { list: `${their}?resourceVersion=0`, page: `${their}?limit=100`, one: `${their}/w0` }],
  ]);
  const seen = await inRounds<Figures>([ours, theirs], rounds, {
    report,
    measure: (contender) => measure(program, contender, paths.get(contender.name) ?? noPaths, seconds),
  });
  report({ step: 'Following' });
  const costs = [await listCost(host, read), await logCost(host, namespace, read)];
  process.stdout.write(shownRounds(measures, seen, { rounds, seconds, json: values.json }));
  process.stdout.write(values.json ? `${JSON.stringify({ costs })}\n` : `${formatTable(costLines(costs))}\n`);
  return 0;
}

const noPaths: Paths = { list: '/', page: '/', one: '/' };

async function ourApi(host: HeadlessHost): Promise<Contender> {
  const { url, caFile } = host;
  const headers = await asOwner(host);
  const ca = await readFile(caFile, 'utf8');
  return { name: 'guildnet', url, address: new URL(url).host, ca, headers, pids: [] };
}

async function createAll(namespace: TestNamespace, count: number, read: Read, report: ReportProgress): Promise<void> {
  let next = 0;
  const create = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++)
      await createWorkspace(namespace, `w${String(index)}`, { image: localImages.echo, mode: 'Stopped' });
  };
  await Promise.all(Array.from({ length: creators }, create));
  await waitUntil(
    async () => {
      const done = sample(await read(), 'guildnet_workspaces{phase="Stopped"}');
      report({ step: 'Making workspaces', done, total: count, unit: 'workspaces' });
      return done === count;
    },
    { what: 'all Workspaces to be known as stopped', timeoutMs: 1_800_000, intervalMs: 1_000 },
  );
}

async function listCost(host: HeadlessHost, read: Read): Promise<Cost> {
  const { client } = await connectHost(host);
  return costOf({
    what: '/sse/workspaces',
    url: new URL('/sse/workspaces', host.url).href,
    ca: await readFile(host.caFile, 'utf8'),
    headers: await asOwner(host),
    count: listFollowers,
    read,
    tells: /^data: .*"type":"changed"/,
    told: changes,
    async happens() {
      for (let index = 0; index < changes; index += 1) {
        const call = { params: { id: `w${String(index)}` }, body: { labels: { bench: String(index) } } };
        await client.resources.patch(call);
      }
    },
  });
}

async function logCost(host: HeadlessHost, namespace: TestNamespace, read: Read): Promise<Cost> {
  const { client } = await connectHost(host);
  const id = 'talker';
  const script = `while [ ! -e /tmp/go ]; do sleep 0.1; done; seq 1 ${String(logLines)}; sleep 86400`;
  await createWorkspace(namespace, id, {
    image: localImages.shell,
    command: ['sh', '-c', script],
    probe: { kind: 'none' },
  });
  const pod = await waitUntil(
    async () => {
      const { phase, pod: name } = (await client.resources.get({ id })).status;
      return phase === 'Running' && name;
    },
    { what: 'the workspace that prints', timeoutMs: 120_000, intervalMs: 500 },
  );
  return costOf({
    what: '/sse/logs',
    url: new URL(`/sse/logs?target=${id}&tail=1`, host.url).href,
    ca: await readFile(host.caFile, 'utf8'),
    headers: await asOwner(host),
    count: logFollowers,
    read,
    tells: /^data: .*"msg"/,
    told: logLines,
    happens: () => runIn(namespace, pod, ['touch', '/tmp/go']),
  });
}

/** Runs a program in the one container of a pod until it has ended. */
async function runIn({ kubeConfig, name }: TestNamespace, pod: string, command: string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const ended = ({ status, message }: V1Status): void =>
    status === 'Success' ? resolve(undefined) : reject(new Error(`${command.join(' ')} failed: ${message ?? ''}`));
  const socket = await new Exec(kubeConfig).exec(
    name,
    pod,
    'workspace',
    command,
    process.stderr,
    null,
    null,
    false,
    ended,
  );
  socket.on('error', reject);
  await promise;
}

function costLines(costs: readonly Cost[]): string[][] {
  return [
    ['', 'followers', 'MB', '% of a core, idle', 'CPU s', 'told to each'],
    ...costs.map(({ what, followers, megabytes, idlePercent, cpuSeconds, linesPerFollower }) => [
      what,
      String(followers),
      megabytes.toFixed(1),
      idlePercent.toFixed(2),
      cpuSeconds.toFixed(2),
      linesPerFollower.toFixed(1),
    ]),
  ];
}

await runScript(main);
