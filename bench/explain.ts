import { connectHost } from '#cli/client/host-client.ts';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import type { HostClient } from '#contract/routes.ts';
import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { borrowTestCluster } from '#test/test-cluster.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { cases } from './explain/cases.ts';
import type { Case } from './explain/cases.ts';
import { watchFirstSight } from './explain/first-sight.ts';
import { median } from './launch/figures.ts';
import { onlineCluster } from './launch/online-cluster.ts';
import { serversOf } from './servers-of.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:explain -- [options]
Makes workspaces fail on the tests' local cluster, and measures how long after a bare watch has seen what Kubernetes knows
the reason stands in the host's API. Goal: 2000 ms.

Options:
  --runs <n>  how many of each (default 5)
  --json      print all figures as JSON
  --help      show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { runs: '5' });
  if (values === undefined) return 0;
  const delays = await measure(wholeNumber('--runs', values.runs));
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ milliseconds: Object.fromEntries(delays) })}\n`);
    return 0;
  }
  const rows = [...delays].map(([reason, all]) => [reason, whole(median(all)), whole(Math.max(...all))]);
  process.stdout.write(`${formatTable([['', 'median ms', 'most ms'], ...rows])}\n`);
  return 0;
}

const whole = (milliseconds: number): string => Math.round(milliseconds).toString();

/** Milliseconds by reason. */
async function measure(runs: number): Promise<Map<string, number[]>> {
  const report = progressLines();
  await using cluster = await borrowTestCluster('node', { report });
  const { kubeconfigPath } = cluster;
  await using namespace = await createNamespace(kubeconfigPath);
  await using host = await startHeadlessHost({ kubeconfigPath, namespace: namespace.name });
  const { client } = await connectHost(host);
  await onlineCluster(client);
  const delays = new Map<string, number[]>();
  for (let run = 1; run <= runs; run += 1) {
    report({ step: 'Failing', done: run, total: runs, unit: 'runs' });
    for (const [reason, delay] of await failAll(namespace, client, run))
      delays.set(reason, [...(delays.get(reason) ?? []), delay]);
  }
  return delays;
}

/** Lets one workspace of each case fail, side by side. */
async function failAll(namespace: TestNamespace, client: HostClient, run: number): Promise<[string, number][]> {
  const named = new Map(cases.map((one, index): [string, Case] => [`w${run}-${index}`, one]));
  using known = await watchFirstSight(namespace.kubeConfig, namespace.name, named);
  const where = {
    group: workspaceGroup,
    version: workspaceVersion,
    plural: workspacePlural,
    namespace: namespace.name,
  };
  const createAll = async (): Promise<void> => {
    for (const [name, { spec }] of named) {
      await createWorkspace(namespace, name, spec);
    }
  };
  const [at] = await Promise.all([tellReasons(client, named), createAll()]);
  const delays: [string, number][] = [];
  for (const [name, { reason }] of named) {
    const seen = await waitUntil(() => known.of(name), { what: `${name} to be seen`, timeoutMs: 10_000 });
    delays.push([reason, Math.max(0, (at.get(name) ?? Number.NaN) - seen)]);
    await namespace.custom.deleteNamespacedCustomObject({ ...where, name });
  }
  return delays;
}

/** Follows the host's watch until each workspace has its reason; resolves with when that was. */
async function tellReasons(client: HostClient, named: ReadonlyMap<string, Case>): Promise<Map<string, number>> {
  const at = new Map<string, number>();
  const enough = new AbortController();
  try {
    for await (const event of await client.host.watch(undefined, { signal: enough.signal })) {
      for (const { id, failure } of serversOf(event))
        if (failure !== undefined && failure.reason === named.get(id)?.reason && !at.has(id))
          at.set(id, performance.now());
      if (at.size === named.size) return at;
    }
  } finally {
    enough.abort();
  }
  throw new Error('The host stopped before every workspace had its reason.');
}

await runScript(main);
