import { join } from 'node:path';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { borrowTestCluster } from '#test/test-cluster.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { findKubectl } from './launch/find-kubectl.ts';
import { bareKubectl, goProxy, ourHost } from './proxy/contenders.ts';
import { measures } from './proxy/figures.ts';
import type { Figures } from './proxy/figures.ts';
import type { Contender } from './proxy/load.ts';
import { measure } from './proxy/measure.ts';
import { ensurePeers } from './proxy/peers.ts';
import { mediansOf, rowsOf } from './standings.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:proxy -- [options]
Measures the proxy on the tests' local cluster, beside kubectl port-forward alone and Go's httputil.ReverseProxy (behind TLS)
in front of it, all to the same pod, in turn. CPU is that of the processes on the way, without the cluster's.

Options:
  --rounds <n>       how many of each, of which the medians are shown (default 3)
  --seconds <n>      how long each load lasts (default 5)
  --before <folder>  another working copy, measured as well
  --json             print all figures as JSON
  --help             show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { rounds: '3', seconds: '5', before: '' });
  if (values === undefined) return 0;
  const rounds = wholeNumber('--rounds', values.rounds);
  const seconds = wholeNumber('--seconds', values.seconds);
  const seen = await run(rounds, seconds, values.before);
  const contenders = [...seen].map(([name, each]) => ({ name, figures: mediansOf(measures, each), rounds: each }));
  if (values.json) process.stdout.write(`${JSON.stringify({ rounds, seconds, contenders })}\n`);
  else {
    process.stdout.write(
      `Medians of ${rounds} rounds of ${seconds} s; × is how guildnet stands beside it, above 1 is better.\n`,
    );
    process.stdout.write(`${formatTable(rowsOf(measures, contenders))}\n`);
  }
  return 0;
}

async function run(rounds: number, seconds: number, before: string): Promise<Map<string, Figures[]>> {
  const report = progressLines();
  const program = await ensurePeers(report);
  const kubectl = await findKubectl(process.env);

  await using owned = new AsyncDisposableStack();
  const cluster = owned.use(await borrowTestCluster('node', { report }));
  const place = async () => owned.use(await createNamespace(cluster.kubeconfigPath));
  const namespace = await place();
  const ours = owned.use(await ourHost('guildnet', namespace));
  const contenders: Contender[] = [ours.contender];
  if (before !== '') {
    const earlier = await ourHost('before', await place(), join(before, 'src/cli/main.ts'));
    contenders.push(owned.use(earlier).contender);
  }
  contenders.push(owned.use(await bareKubectl(kubectl, namespace, ours.pod)).contender);
  const behind = owned.use(await bareKubectl(kubectl, namespace, ours.pod));
  contenders.push(owned.use(await goProxy(program, behind.contender)).contender);

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
