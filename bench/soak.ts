import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { progressLines } from '#cli/progress-lines.ts';
import { simulate } from '#test/simulation/simulate.ts';
import { runScript } from '../scripts/run-script.ts';
import { outcomeSchema } from './soak/run-seeds.ts';
import type { Outcome, Share } from './soak/run-seeds.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:soak -- [options]
Runs the operator's reconcile core through simulated days of faults and crashes, one for each seed, and prints the seed of
each run that did not end well. The first thousand seeds are part of npm test.

Options:
  --runs <n>   how many seeds (default 100000)
  --from <n>   the first seed (default 1)
  --seed <n>   this seed alone, with all that happened
  --jobs <n>   how many side by side (default: one for each core)
  --json       print the result as JSON
  --help       show this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100000' },
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
  const failed = await soak({
    from: wholeNumber('--from', values.from),
    runs: wholeNumber('--runs', values.runs),
    jobs: wholeNumber('--jobs', values.jobs),
    json: values.json,
  });
  return failed === 0 ? 0 : 1;
}

async function show(seed: number): Promise<number> {
  const { problems, trace } = await simulate({ seed });
  process.stdout.write(`${[...trace, '', `seed ${seed}: ${problems.length} problems`, ...problems].join('\n')}\n`);
  return problems.length === 0 ? 0 : 1;
}

interface SoakOptions {
  from: number;
  runs: number;
  jobs: number;
  json: boolean;
}

/** Runs the seeds and prints what came of them; resolves with how many failed. */
async function soak({ from, runs, jobs, json }: SoakOptions): Promise<number> {
  const began = performance.now();
  const report = progressLines();
  const failed: Pick<Outcome, 'seed' | 'problems'>[] = [];
  let requests = 0;
  let done = 0;
  const threads = Array.from({ length: Math.min(jobs, runs) }, (_, index) =>
    runThread({ first: from + index, end: from + runs, step: jobs }, (outcome) => {
      done += 1;
      requests += outcome.requests;
      if (outcome.problems.length > 0) {
        failed.push({ seed: outcome.seed, problems: outcome.problems });
        process.stderr.write(`seed ${outcome.seed}: ${outcome.problems.join('; ')}\n`);
      }
      report({ step: 'Running seeds', done, total: runs, unit: 'runs', detail: `${failed.length} failed` });
    }),
  );
  await Promise.all(threads);
  const seconds = Math.round((performance.now() - began) / 1_000);
  if (json) process.stdout.write(`${JSON.stringify({ from, runs, requests, seconds, failed })}\n`);
  else process.stdout.write(`${runs} runs with ${requests} requests in ${seconds} s; ${failed.length} failed.\n`);
  return failed.length;
}

/** Resolves when the thread has run all its seeds; rejects when it breaks down. */
async function runThread(share: Share, tell: (outcome: Outcome) => void): Promise<void> {
  const thread = new Worker(new URL('soak/run-seeds.ts', import.meta.url), { workerData: share });
  thread.on('message', (message: unknown) => tell(outcomeSchema.parse(message)));
  await once(thread, 'exit');
}

await runScript(main);
