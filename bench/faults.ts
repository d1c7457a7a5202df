import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { injectLineFaults } from '#test/faults/inject-line-faults.ts';
import { borrowTestCluster } from '#test/test-cluster.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { faultRows, isUnbroken } from './faults/figures.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:faults -- [options]
Lets terminals print numbers through a host, on the tests' local cluster, while its line to the API server is cut or away, the host sleeps
(SIGSTOP) or is killed and started again, and the pod is replaced. Tells what each kind of fault cost: numbers that were lost in either
direction, terminals that could not go on, and how long they heard nothing once it was over. Fifty are part of npm test.
Goals: 0 lost, 0 ended but by a replaced pod, and 2 s at the 95th percentile.

Options:
  --faults <n>     how many (default 500)
  --terminals <n>  how many are open at the same time (default 3)
  --seed <n>       their order and how long they last (default 1)
  --json           print each fault as JSON
  --help           show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { faults: '500', terminals: '3', seed: '1' });
  if (values === undefined) return 0;
  const faults = wholeNumber('--faults', values.faults);
  const terminals = wholeNumber('--terminals', values.terminals);
  const report = progressLines();
  await using owned = new AsyncDisposableStack();
  const cluster = owned.use(await borrowTestCluster('node', { report }));
  const namespace = owned.use(await createNamespace(cluster.kubeconfigPath));
  const outcomes = await injectLineFaults({
    namespace,
    faults,
    terminals,
    seed: wholeNumber('--seed', values.seed),
    tell: ({ kind }, done) => report({ step: 'Injecting faults', done, total: faults, unit: 'faults', detail: kind }),
  });
  if (values.json) process.stdout.write(`${JSON.stringify({ terminals, outcomes })}\n`);
  else process.stdout.write(`${formatTable(faultRows(outcomes))}\n`);
  return isUnbroken(outcomes, terminals) ? 0 : 1;
}

await runScript(main);
