import { join } from 'node:path';
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
import { measure, warmUp } from './proxy/measure.ts';
import type { Fresh } from './proxy/measure.ts';
import { ensurePeers } from './proxy/peers.ts';
import { inRounds, shownRounds } from './rounds.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:proxy -- [options]
Measures the proxy on the tests' local cluster, beside kubectl port-forward alone and Go's httputil.ReverseProxy (behind TLS)
in front of it, all to the same pod, in turn. CPU is that of the processes on the way, without the cluster's.

Options:
  --rounds <n>       how many of each, of which the medians are shown (default 3)
  --seconds <n>      how long each load lasts (default 5)
  --warm <n>         seconds of load that each has had before it is measured (default 10); what its first load was like is shown, too
  --before <folder>  another working copy, measured as well
  --json             print all figures as JSON
  --help             show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { rounds: '3', seconds: '5', warm: '10', before: '' });
  if (values === undefined) return 0;
  const rounds = wholeNumber('--rounds', values.rounds);
  const seconds = wholeNumber('--seconds', values.seconds);
  const warmSeconds = wholeNumber('--warm', values.warm);
  const seen = await run({ rounds, seconds, warmSeconds, before: values.before });
  process.stdout.write(shownRounds(measures, seen, { rounds, seconds, json: values.json }));
  return 0;
}

interface Run {
  rounds: number;
  seconds: number;
  warmSeconds: number;
  before: string;
}

async function run({ rounds, seconds, warmSeconds, before }: Run): Promise<Map<string, Figures[]>> {
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

  const warmed = new Map<Contender, Fresh>();
  const measured = async (contender: Contender): Promise<Figures> => {
    const fresh = warmed.get(contender) ?? (await warmUp(program, contender, { seconds, warmSeconds }));
    warmed.set(contender, fresh);
    return await measure(program, contender, seconds, fresh);
  };
  return await inRounds(contenders, rounds, { report, measure: measured });
}

await runScript(main);
