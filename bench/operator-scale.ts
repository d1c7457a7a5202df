import { setTimeout as delay } from 'node:timers/promises';
import type { ReportProgress } from '#contract/progress.ts';
import { workspaceApiVersion, workspaceKind, workspacePlural } from '#contract/workspace.ts';
import { connectKube } from '#host/kube/kube.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import type { HeadlessHost } from '#test/headless-host.ts';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { asOwner, metricsOf } from './host-metrics.ts';
import type { Read } from './host-metrics.ts';
import { median } from './launch/figures.ts';
import { figureLines } from './operator-scale/figures.ts';
import type { Figures } from './operator-scale/figures.ts';
import { sample, writes } from './operator-scale/metrics-text.ts';
import { startPlayedCluster } from './operator-scale/played-cluster.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:operator-scale -- [options]
Makes many Workspaces on a real control plane whose nodes and pods are played by kwok, and measures the host that looks after
them. No peer does the same work, so the figures stand beside their goals.

Options:
  --workspaces <n>  how many (default 5000)
  --json            print the figures as JSON
  --help            show this text
`;

const namespace = 'scale';
const creators = 16;
const idleSeconds = 60;
const reads = 20;

/** Ctrl-C ends what is going on, and then all that was started is stopped. */
const ending = new AbortController();
const { signal } = ending;

async function main(): Promise<number> {
  const values = benchArguments(usage, { workspaces: '5000' });
  if (values === undefined) return 0;
  const count = wholeNumber('--workspaces', values.workspaces);
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => ending.abort(new Error(`ended by ${name}`)));
  const figures = await measure(count);
  if (values.json) process.stdout.write(`${JSON.stringify({ workspaces: count, ...figures })}\n`);
  else process.stdout.write(`${count} Workspaces\n${formatTable(figureLines(figures))}\n`);
  return 0;
}

async function measure(count: number): Promise<Figures> {
  const report = progressLines();
  await using cluster = await startPlayedCluster(report);
  const { kubeconfigPath } = cluster;
  await makeNamespace(kubeconfigPath);
  const launched = await launchAll(kubeconfigPath, count, report);
  return { ...launched, resyncSeconds: await resync(kubeconfigPath, count, report) };
}

async function launchAll(
  kubeconfigPath: string,
  count: number,
  report: ReportProgress,
): Promise<Omit<Figures, 'resyncSeconds'>> {
  await using host = await startHeadlessHost({ kubeconfigPath, namespace });
  const read = await metricsOf(host);
  await leading(read);
  const before = await read();
  const began = performance.now();
  const created = createAll(kubeconfigPath, count);
  const running = waitUntil(
    async () => {
      const done = sample(await read(), 'guildnet_workspaces{phase="Running"}');
      report({ step: 'Launching', done, total: count, unit: 'workspaces' });
      return done === count;
    },
    { what: 'all Workspaces to run', timeoutMs: 1_800_000, intervalMs: 1_000, signal },
  );
  await Promise.all([created, running]);
  const reconcileAllSeconds = (performance.now() - began) / 1_000;
  await settled(read);
  const after = await read();
  report({ step: 'Idling', detail: `${idleSeconds} s` });
  // This is what is measured: nothing happens for a minute.
  await delay(idleSeconds * 1_000, undefined, { signal });
  const later = await read();
  const cpu = sample(later, 'process_cpu_seconds_total') - sample(after, 'process_cpu_seconds_total');
  return {
    reconcileAllSeconds,
    writesPerLaunch: (writes(after) - writes(before)) / count,
    writesPerIdleMinute: writes(later) - writes(after),
    residentMegabytes: sample(later, 'process_resident_memory_bytes') / 1e6,
    idleCpuPercent: (100 * cpu) / idleSeconds,
    serversMilliseconds: await timeServers(host),
  };
}

/** A host of its own on what is there: until it leads and has looked at all of it. */
async function resync(kubeconfigPath: string, count: number, report: ReportProgress): Promise<number> {
  report({ step: 'Restarting' });
  const began = performance.now();
  await using host = await startHeadlessHost({ kubeconfigPath, namespace });
  const read = await metricsOf(host);
  await waitUntil(
    async () => {
      const samples = await read();
      const looked = sample(samples, 'controller_runtime_reconcile_time_seconds_count{controller="workspace"}');
      return looked >= count && sample(samples, 'workqueue_depth{name="workspace"}') === 0;
    },
    { what: 'the restarted host to have looked at all', timeoutMs: 300_000, intervalMs: 250, signal },
  );
  return (performance.now() - began) / 1_000;
}

async function leading(read: Read): Promise<void> {
  const leads = 'leader_election_master_status{name="guildnet-operator"}';
  await waitUntil(async () => sample(await read(), leads) === 1, { what: 'the host to lead', timeoutMs: 30_000 });
}

/** Resolves when nothing has been written for five seconds. */
async function settled(read: Read): Promise<void> {
  let last = -1;
  await waitUntil(
    async () => {
      const now = writes(await read());
      const same = now === last;
      last = now;
      return same;
    },
    { what: 'the last writes', timeoutMs: 120_000, intervalMs: 5_000, signal },
  );
}

async function timeServers(host: HeadlessHost): Promise<number> {
  const headers = await asOwner(host);
  const times: number[] = [];
  for (let turn = 0; turn < reads; turn += 1) {
    const began = performance.now();
    await (await fetch(new URL('/api/servers', host.url), { headers })).arrayBuffer();
    times.push(performance.now() - began);
  }
  return median(times);
}

async function makeNamespace(kubeconfigPath: string): Promise<void> {
  const kube = await connectKube({ kind: 'kubeconfig', path: kubeconfigPath }, { namespace });
  await kube.rest.json('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } });
  kube.close();
}

async function createAll(kubeconfigPath: string, count: number): Promise<void> {
  const kube = await connectKube({ kind: 'kubeconfig', path: kubeconfigPath }, { namespace });
  const path = `/apis/${workspaceApiVersion}/namespaces/${namespace}/${workspacePlural}`;
  let next = 0;
  const create = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const name = `w${index}`;
      const labels = { 'guildnet.io/managed': 'true', 'guildnet.io/id': name };
      const spec = { image: 'guildnet.local/echo:1' };
      const body = { apiVersion: workspaceApiVersion, kind: workspaceKind, metadata: { name, labels }, spec };
      await kube.rest.json('POST', path, { body });
    }
  };
  await Promise.all(Array.from({ length: creators }, create));
  kube.close();
}

await runScript(main);
