import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { borrowTestCluster } from '#test/test-cluster.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { measures } from './forward/figures.ts';
import type { Figures } from './forward/figures.ts';
import { measure } from './forward/measure.ts';
import { findKubectl } from './launch/find-kubectl.ts';
import { bareKubectl, ourForward } from './proxy/contenders.ts';
import { ensurePeers } from './proxy/peers.ts';
import { mediansOf, rowsOf } from './standings.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:forward -- [options]
Measures a forwarded port (guildnet forward) on the tests' local cluster, beside kubectl port-forward to the same pod, in turn.
CPU is that of the two processes, without the cluster's. A new connection is a request on a connection of its own.

Options:
  --rounds <n>   how many of each, of which the medians are shown (default 3)
  --seconds <n>  how long each load lasts (default 5)
  --json         print all figures as JSON
  --help         show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { rounds: '3', seconds: '5' });
  if (values === undefined) return 0;
  const rounds = wholeNumber('--rounds', values.rounds);
  const seconds = wholeNumber('--seconds', values.seconds);
  const seen = await run(rounds, seconds);
  const contenders = [...seen].map(([name, each]) => ({ name, figures: mediansOf(measures, each), rounds: each }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ rounds, seconds, contenders })}\n`);
    return 0;
  }
  process.stdout.write(
    `Medians of ${String(rounds)} rounds of ${String(seconds)} s; × is how guildnet stands beside it, above 1 is better.\n`,
  );
  process.stdout.write(`${formatTable(rowsOf(measures, contenders))}\n`);
  return 0;
}

async function run(rounds: number, seconds: number): Promise<Map<string, Figures[]>> {
  const report = progressLines();
  const program = await ensurePeers(report);
  const kubectl = await findKubectl(process.env);
  await using owned = new AsyncDisposableStack();
  const cluster = owned.use(await borrowTestCluster('node', { report }));
  const namespace = owned.use(await createNamespace(cluster.kubeconfigPath));
  const ours = owned.use(await ourForward('guildnet', namespace));
  const theirs = owned.use(await bareKubectl(kubectl, namespace, ours.pod));
  const contenders = [ours.contender, theirs.contender];
  const seen = new Map<string, Figures[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      report({
        step: 'Measuring',
        done: (round - 1) * contenders.length + index + 1,
        total: rounds * contenders.length,
        unit: 'rounds',
        detail: contender.name,
      });
      seen.get(contender.name)?.push(await measure(program, contender, seconds));
    }
  }
  return seen;
}

await runScript(main);
