import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { progressLines } from '#cli/progress-lines.ts';
import { generateAnswer } from '#test/proxy/fuzz/grammar.ts';
import { fuzzInProcesses } from '#test/proxy/fuzz/fuzz-processes.ts';
import { runFuzz } from '#test/proxy/fuzz/run-fuzz.ts';
import { runScript } from '../scripts/run-script.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:fuzz -- [options]
Lets workspaces answer with what a seed makes up, and prints the seed of each answer that the proxy did not take as it has to.
The first twenty thousand seeds are part of npm test.

Options:
  --runs <n>   how many seeds (default 1000000)
  --from <n>   the first seed (default 1)
  --seed <n>   this seed alone, with the bytes and what the client saw
  --jobs <n>   how many processes, each with a host (default: one for each core)
  --json       print the result as JSON
  --help       show this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (values.seed !== undefined) return await show(wholeNumber('--seed', values.seed));
  const [first, count] = [wholeNumber('--from', values.from), wholeNumber('--runs', values.runs)];
  const began = performance.now();
  const report = progressLines();
  const failures = await fuzzInProcesses({
    first,
    count,
    jobs: wholeNumber('--jobs', values.jobs),
    progress: (done, failed) =>
      report({ step: 'Answering', done, total: count, unit: 'answers', detail: `${failed} failed` }),
  });
  const seconds = Math.round((performance.now() - began) / 1_000);
  if (values.json) process.stdout.write(`${JSON.stringify({ from: first, runs: count, seconds, failures })}\n`);
  else {
    for (const { seeds, problems } of failures) process.stdout.write(`${seeds.join(' ')}: ${problems.join('; ')}\n`);
    process.stdout.write(`${count} answers in ${seconds} s; ${failures.length} failures.\n`);
  }
  return failures.length === 0 ? 0 : 1;
}

async function show(seed: number): Promise<number> {
  const { ask, play } = generateAnswer(seed);
  process.stdout.write(`${ask}, then ${play.after}: ${JSON.stringify(play.bytes.toString('latin1'))}\n`);
  let failed = 0;
  const left = await runFuzz({
    first: seed,
    end: seed + 1,
    step: 1,
    tell: (_, problems, outcome) => {
      failed += problems.length;
      const seen = outcome.kind === 'malformed' ? outcome : { ...outcome, body: outcome.body.toString('latin1') };
      process.stdout.write(`${JSON.stringify(seen, undefined, 2)}\n${problems.join('\n')}\n`);
    },
  });
  process.stdout.write(left.join('\n'));
  return failed + left.length === 0 ? 0 : 1;
}

await runScript(main);
