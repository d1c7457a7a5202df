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
import { inRounds, shownRounds } from './rounds.ts';
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
  process.stdout.write(shownRounds(measures, seen, { rounds, seconds, json: values.json }));
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
  return await inRounds(contenders, rounds, { report, measure: (contender) => measure(program, contender, seconds) });
}

await runScript(main);
