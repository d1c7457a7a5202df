import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { connectHost, readToken } from '#cli/client/host-client.ts';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { localImages } from '#local-cluster/images.ts';
import { runScript } from '../scripts/run-script.ts';
import { createNamespace } from '../test/create-namespace.ts';
import { startHeadlessHost } from '../test/headless-host.ts';
import { borrowTestCluster } from '../test/test-cluster.ts';
import { benchArguments } from './bench-arguments.ts';
import { runningAt } from './launch/by-guildnet.ts';
import { onlineCluster } from './launch/online-cluster.ts';
import { inspectHeap } from './rss-soak/inspected-heap.ts';
import type { Held } from './rss-soak/inspected-heap.ts';
import { use } from './rss-soak/use.ts';
import type { Used } from './rss-soak/use.ts';
import { verdictOf } from './rss-soak/verdict.ts';
import type { Verdict } from './rss-soak/verdict.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:rss-soak -- [options]
Uses a host on the tests' local cluster as a few people do (lists, tabs, pages, restarts, launches) for a while, and tells what it
holds: its JavaScript heap after forced collections, and its resident memory. Exit code 1 when the heap grows.

Options:
  --minutes <n>  how long (default 120)
  --every <s>    seconds between two samples (default 30)
  --image <ref>  what the workspaces run (default: ${localImages.echo})
  --json         print all samples as JSON
  --help         show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { minutes: '120', every: '30', image: localImages.echo });
  if (values === undefined) return 0;
  const minutes = wholeNumber('--minutes', values.minutes);
  const { samples, used } = await soak(minutes * 60_000, wholeNumber('--every', values.every) * 1_000, values.image);
  const heap = verdictOf(samples.map((one) => one.heap));
  const rss = verdictOf(samples.map((one) => one.rss));
  if (values.json) process.stdout.write(`${JSON.stringify({ minutes, used, heap, rss, samples })}\n`);
  else {
    process.stdout.write(
      `${formatTable([['MB', 'second quarter', 'last quarter', ''], row('heap', heap), row('RSS', rss)])}\n`,
    );
    process.stdout.write(
      `${minutes} minutes: ${Object.entries(used)
        .map(([what, count]) => `${count} ${what}`)
        .join(', ')}\n`,
    );
  }
  return heap.flat ? 0 : 1;
}

function row(what: string, { before, after, flat }: Verdict): string[] {
  return [what, before.toFixed(1), after.toFixed(1), flat ? 'flat' : 'grows'];
}

async function soak(forMs: number, everyMs: number, image: string): Promise<{ samples: Held[]; used: Used }> {
  const report = progressLines();
  await using cluster = await borrowTestCluster('node', { report });
  await using namespace = await createNamespace(cluster.kubeconfigPath);
  await using host = await startHeadlessHost({
    kubeconfigPath: cluster.kubeconfigPath,
    namespace: namespace.name,
    env: { NODE_OPTIONS: '--inspect=127.0.0.1:0' },
  });
  const connection = await connectHost(host);
  const { client } = connection;
  const [ca, token] = [await readFile(host.caFile, 'utf8'), await readToken(host.tokenFile ?? '')];
  await onlineCluster(client);
  const { id } = await client.workspaces.create({ image, home: false });
  const url = await runningAt(connection, id);
  using heap = await inspectHeap(host.child.pid ?? 0, host.complaints());
  const used: Used = { lists: 0, watches: 0, requests: 0, restarts: 0, launches: 0, failures: 0 };
  const ending = new AbortController();
  const inUse = use({ client, ca, token, id, url, image }, used, ending.signal);
  const samples: Held[] = [];
  const total = Math.max(8, Math.floor(forMs / everyMs));
  while (samples.length < total) {
    await pause(everyMs);
    const held = await heap.measure();
    samples.push(held);
    report({
      step: `heap ${held.heap.toFixed(1)} MB, RSS ${held.rss.toFixed(1)} MB`,
      done: samples.length,
      total,
      unit: 'samples',
    });
  }
  ending.abort();
  await inUse;
  for (const server of await client.workspaces.list(undefined)) await client.workspaces.delete({ id: server.id });
  return { samples, used };
}

await runScript(main);
