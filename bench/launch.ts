import { readFile } from 'node:fs/promises';
import { connectHost, readToken } from '#cli/client/host-client.ts';
import { formatTable } from '#cli/output/table.ts';
import { localImages } from '#local-cluster/images.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { runScript } from '../scripts/run-script.ts';
import { createNamespace } from '../test/create-namespace.ts';
import { startHeadlessHost } from '../test/headless-host.ts';
import { borrowTestCluster } from '../test/test-cluster.ts';
import { benchArguments } from './bench-arguments.ts';
import { launchByGuildNet } from './launch/by-guildnet.ts';
import { launchByKubectl } from './launch/by-kubectl.ts';
import { comparison, medians, split } from './launch/figures.ts';
import type { Split } from './launch/figures.ts';
import { findKubectl } from './launch/find-kubectl.ts';
import { onlineCluster } from './launch/online-cluster.ts';
import { watchPods } from './launch/pod-moments.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:launch [-- options]

Launches a workspace again and again on the tests' local cluster, its image present, and tells where the time goes from
the request to the first answer through the proxy; beside it the same pod started with plain kubectl, in turn.

Options:
  --runs <n>     how many of each (default 5, after one that does not count)
  --image <ref>  what to launch (default: ${localImages.codeServer})
  --json         print all figures as JSON
  --help         show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { runs: '5', image: localImages.codeServer });
  if (values === undefined) return 0;
  const runs = wholeNumber('--runs', values.runs);
  const result = await measure(runs, values.image);
  const shown = { guildnet: medians(result.guildnet), kubectl: medians(result.kubectl) };
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ image: values.image, runs, medians: shown, ...result })}\n`);
  } else {
    process.stdout.write(`${values.image}, median of ${runs}, milliseconds\n`);
    process.stdout.write(`${formatTable(comparison(shown.guildnet, shown.kubectl))}\n`);
  }
  return 0;
}

async function measure(runs: number, image: string): Promise<{ guildnet: Split[]; kubectl: Split[] }> {
  const report = progressLines();
  await using cluster = await borrowTestCluster('node', { report });
  const kubectl = { program: await findKubectl(process.env), kubeconfigPath: cluster.kubeconfigPath };
  await using namespace = await createNamespace(cluster.kubeconfigPath);
  await using host = await startHeadlessHost({ kubeconfigPath: cluster.kubeconfigPath, namespace: namespace.name });
  const connection = {
    ...(await connectHost(host)),
    ca: await readFile(host.caFile, 'utf8'),
    token: await readToken(host.tokenFile ?? ''),
  };
  await onlineCluster(connection.client);
  using pods = await watchPods(namespace.kubeConfig, namespace.name);
  const ground = { core: namespace.core, namespace: namespace.name, pods };

  const guildnet: Split[] = [];
  const plain: Split[] = [];
  // The first of each warms up caches and connections, and does not count.
  for (let run = 0; run <= runs; run += 1) {
    report({ step: 'Launching', done: run + 1, total: runs + 1, unit: 'pairs' });
    const ours = await launchByGuildNet(connection, image, ground);
    const theirs = await launchByKubectl(kubectl, ours.spec, ground);
    if (run === 0) continue;
    guildnet.push(split(ours.moments));
    plain.push(split(theirs));
  }
  return { guildnet, kubectl: plain };
}

await runScript(main);
