import { setTimeout as delay } from 'node:timers/promises';
import { connectHost } from '#cli/client/host-client.ts';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { connectKube } from '#host/kube/kube.ts';
import { containerName } from '#host/operator/desired/container-name.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { borrowTestCluster } from '#test/test-cluster.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { amountsOf, fit } from './density/figures.ts';
import type { Amounts } from './density/figures.ts';
import { usedBy } from './density/kubelet-stats.ts';
import type { Used } from './density/kubelet-stats.ts';
import { metricsOf } from './host-metrics.ts';
import { sample, writes } from './operator-scale/metrics-text.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:density -- [options]
Launches workspaces on the tests' local cluster, leaves them alone, and tells what each takes and how many of them a node of 2 cores and
8 GiB holds: by what they request, and by what they use.

Options:
  --workspaces <n>  how many (default 10)
  --seconds <n>     how long they are watched, after as long a time to settle (default 120)
  --image <ref>     what to launch (default: ${localImages.codeServer})
  --json            print the figures as JSON
  --help            show this text
`;

const node: Amounts = { cpu: 2, memory: 8 * 2 ** 30 };

interface Figures {
  requested: Amounts;
  used: Amounts;
  writesPerLaunch: number;
  writesPerIdleMinute: number;
  hostMegabytes: number;
}

async function main(): Promise<number> {
  const values = benchArguments(usage, { workspaces: '10', seconds: '120', image: localImages.codeServer });
  if (values === undefined) return 0;
  const count = wholeNumber('--workspaces', values.workspaces);
  const figures = await measure(count, wholeNumber('--seconds', values.seconds), values.image);
  const fits = { requested: fit(node, figures.requested), used: fit(node, figures.used) };
  if (values.json)
    process.stdout.write(`${JSON.stringify({ workspaces: count, image: values.image, ...figures, fits })}\n`);
  else process.stdout.write(`${count} idle workspaces of ${values.image}\n${formatTable(rows(figures))}\n`);
  return 0;
}

function rows({ requested, used, writesPerLaunch, writesPerIdleMinute, hostMegabytes }: Figures): string[][] {
  const row = (name: string, one: Amounts): string[] => {
    const { count, by } = fit(node, one);
    return [name, (one.cpu * 1_000).toFixed(2), (one.memory / 2 ** 20).toFixed(0), String(count), by];
  };
  return [
    ['each', 'millicores', 'MiB', 'fit 2 cores, 8 GiB', 'by'],
    row('requests', requested),
    row('uses', used),
    ['writes to the API server per launch', writesPerLaunch.toFixed(1)],
    ['writes to the API server per idle minute, all', writesPerIdleMinute.toFixed(1)],
    ['the host, MB', hostMegabytes.toFixed(0)],
  ];
}

async function measure(count: number, seconds: number, image: string): Promise<Figures> {
  const report = progressLines();
  await using cluster = await borrowTestCluster('node', { report });
  const { kubeconfigPath } = cluster;
  await using namespace = await createNamespace(kubeconfigPath);
  await using host = await startHeadlessHost({ kubeconfigPath, namespace: namespace.name });
  const read = await metricsOf(host);
  const { client } = await connectHost(host);
  const kube = await connectKube({ kind: 'kubeconfig', path: kubeconfigPath }, { namespace: namespace.name });
  using _closed = { [Symbol.dispose]: () => kube.close() };

  const before = await read();
  for (let index = 0; index < count; index += 1) await client.workspaces.create({ image, name: 'idle' });
  await waitUntil(
    async () => {
      const done = sample(await read(), 'guildnet_workspaces{phase="Running"}');
      report({ step: 'Launching', done, total: count, unit: 'workspaces' });
      return done === count;
    },
    { what: 'all workspaces to run', timeoutMs: 900_000, intervalMs: 1_000 },
  );
  report({ step: 'Settling', detail: `${seconds} s` });
  await delay(seconds * 1_000);
  const { items } = await namespace.core.listNamespacedPod({ namespace: namespace.name });
  const nodeName = items[0]?.spec?.nodeName ?? '';
  const stats = async (): Promise<Used> =>
    usedBy(await kube.rest.json('GET', `/api/v1/nodes/${nodeName}/proxy/stats/summary`), namespace.name, containerName);
  const [idle, usedBefore, began] = [await read(), await stats(), performance.now()];
  report({ step: 'Watching', detail: `${seconds} s` });
  // This is what is measured: nobody does anything.
  await delay(seconds * 1_000);
  const [later, used, minutes] = [await read(), await stats(), (performance.now() - began) / 60_000];
  if (used.containers !== count) throw new Error(`the kubelet tells of ${used.containers} containers, not of ${count}`);
  const container = items[0]?.spec?.containers.find(({ name }) => name === containerName);
  return {
    requested: amountsOf(container?.resources?.requests),
    used: {
      cpu: (used.cpuSeconds - usedBefore.cpuSeconds) / (minutes * 60) / count,
      memory: used.workingSetBytes / count,
    },
    writesPerLaunch: (writes(idle) - writes(before)) / count,
    writesPerIdleMinute: (writes(later) - writes(idle)) / minutes,
    hostMegabytes: sample(later, 'process_resident_memory_bytes') / 1e6,
  };
}

await runScript(main);
