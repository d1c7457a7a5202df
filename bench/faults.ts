import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { GuildNetError } from '#contract/errors.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { faultOutcomeSchema } from '#test/faults/fault-outcome.ts';
import { injectLineFaults } from '#test/faults/inject-line-faults.ts';
import { lineFaults } from '#test/faults/line-faults.ts';
import type { LineFault } from '#test/faults/line-faults.ts';
import { borrowTestCluster } from '#test/test-cluster.ts';
import { inRepository } from '../scripts/repository.ts';
import { runScript } from '../scripts/run-script.ts';
import { withEndToEnd } from '../scripts/testing/with-end-to-end.ts';
import { benchArguments } from './bench-arguments.ts';
import { faultRows, isUnbroken } from './faults/figures.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:faults -- [options]
Lets terminals print numbers through a host, on the tests' local cluster, while its line to the API server is cut or away, the API server
(one of the bench's own, on the cluster's etcd) is restarted, the host sleeps (SIGSTOP) or is killed and started again, and the pod is replaced. Tells what each kind of fault cost: numbers that were lost in either
direction, terminals that could not go on, and how long they heard nothing once it was over. Fifty are part of npm test.
Goals: 0 lost, 0 ended but by a replaced pod, and 2 s at the 95th percentile.

Options:
  --faults <n>     how many (default 500)
  --terminals <n>  how many are open at the same time (default 3)
  --editor yes     one terminal of a real code-server in a real Chromium instead, whose own protocol connects again; without replaced pods
  --seed <n>       their order and how long they last (default 1)
  --kinds <list>   of these kinds alone, as moved,restarted,api-server (default: ${lineFaults.join(',')})
  --json           print each fault as JSON
  --help           show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, {
    faults: '500',
    terminals: '3',
    seed: '1',
    kinds: lineFaults.join(','),
    editor: 'no',
  });
  if (values === undefined) return 0;
  const kinds = kindsIn(values.kinds);
  if (values.editor === 'yes') return await withEditor(values, kinds);
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
    kinds,
    tell: ({ kind }, done) => report({ step: 'Injecting faults', done, total: faults, unit: 'faults', detail: kind }),
  });
  if (values.json) process.stdout.write(`${JSON.stringify({ terminals, outcomes })}\n`);
  else process.stdout.write(`${formatTable(faultRows(outcomes))}\n`);
  return isUnbroken(outcomes, terminals) ? 0 : 1;
}

/** The kinds that an option names. Throws `bad_config` for what is none. */
function kindsIn(list: string): LineFault[] {
  const parsed = z.array(z.enum(lineFaults)).min(1).safeParse(list.split(','));
  if (parsed.success) return parsed.data;
  throw new GuildNetError('bad_config', `"${list}" names no kinds of faults.`, {
    remedy: `Write --kinds with some of ${lineFaults.join(', ')}.`,
  });
}

async function withEditor(
  { faults, seed, json }: { faults: string; seed: string; json: boolean },
  kinds: readonly LineFault[],
): Promise<number> {
  for (const [name, text] of Object.entries({ faults, seed })) wholeNumber(`--${name}`, text);
  const output = inRepository('test-results', 'bench-faults.json');
  await rm(output, { force: true });
  const options = JSON.stringify({ faults, seed, kinds, output });
  const code = await withEndToEnd(({ playwright }) =>
    playwright('playwright.bench.config.ts', ['editor-faults.bench.ts'], { GUILDNET_BENCH: options }),
  );
  if (!existsSync(output)) return code;
  const outcomes = z.array(faultOutcomeSchema).parse(JSON.parse(await readFile(output, 'utf8')));
  process.stdout.write(json ? `${JSON.stringify({ outcomes })}\n` : `${formatTable(faultRows(outcomes))}\n`);
  return code === 0 && isUnbroken(outcomes, 1) ? 0 : 1;
}

await runScript(main);
