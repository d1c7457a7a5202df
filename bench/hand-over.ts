import { formatTable } from '#cli/output/table.ts';
import { connectKube } from '#host/kube/kube.ts';
import { createLog } from '#host/observability/log.ts';
import { ensureCrd } from '#host/operator/crd-install.ts';
import { defaultTiming } from '#host/operator/leader/election.ts';
import { spawnOperator } from '../test/operator-process.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { runScript } from '../scripts/run-script.ts';
import { createNamespace } from '../test/create-namespace.ts';
import { borrowTestCluster } from '../test/test-cluster.ts';
import { benchArguments } from './bench-arguments.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:hand-over [-- options]

Two operators, as processes, on one namespace of the tests' control plane: how long nobody leads after the one that does is
asked to stop, and after it is killed. Goals: 1 s, and the lease of ${String(defaultTiming.leaseMs / 1000)} s.

Options:
  --runs <n>  how many of each (default 5)
  --json      print all figures as JSON
  --help      show this text
`;

const endings = { 'asked to stop': 'SIGTERM', killed: 'SIGKILL' } as const;
type Ending = keyof typeof endings;

async function main(): Promise<number> {
  const values = benchArguments(usage, { runs: '5' });
  if (values === undefined) return 0;
  const runs = wholeNumber('--runs', values.runs);
  const gaps = await measure(runs);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ runs, milliseconds: gaps })}\n`);
    return 0;
  }
  const rows = Object.entries(gaps).map(([ending, all]) => {
    const sorted = all.toSorted((one, other) => one - other);
    return [ending, ...[sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map(String)];
  });
  process.stdout.write(`${formatTable([['the leader is', 'least ms', 'median ms', 'most ms'], ...rows])}\n`);
  return 0;
}

async function measure(runs: number): Promise<Record<Ending, number[]>> {
  const report = progressLines();
  await using cluster = await borrowTestCluster('control-plane', { report });
  const kube = await connectKube({ kind: 'kubeconfig', path: cluster.kubeconfigPath });
  await ensureCrd(kube, createLog({ level: 'warn' }));
  kube.close();
  const gaps: Record<Ending, number[]> = { 'asked to stop': [], killed: [] };
  for (const [ending, signal] of Object.entries(endings) as [Ending, 'SIGTERM' | 'SIGKILL'][]) {
    for (let run = 0; run < runs; run += 1) {
      report({ step: `The leader is ${ending}`, done: run + 1, total: runs, unit: 'times' });
      gaps[ending].push(await gapAfter(cluster.kubeconfigPath, signal));
    }
  }
  return gaps;
}

/** From the signal until the other one leads, ms. */
async function gapAfter(kubeconfigPath: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  await using namespace = await createNamespace(kubeconfigPath);
  await using first = await spawnOperator(namespace, defaultTiming);
  await waitUntil(() => first.leads, { what: 'the first to lead', timeoutMs: 30_000 });
  await using second = await spawnOperator(namespace, defaultTiming);
  const at = Date.now();
  first.signal(signal);
  await waitUntil(() => second.leads, { what: 'the second to lead', timeoutMs: defaultTiming.leaseMs * 2 });
  return second.turnedAt - at;
}

await runScript(main);
