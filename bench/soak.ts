import { parseArgs } from 'node:util';
import { GuildNetError } from '#contract/errors.ts';
import { simulate } from '#test/simulation/simulate.ts';
import { runScript } from '../scripts/run-script.ts';

const usage = `Usage: npm run bench:soak -- [options]
Runs the operator's reconcile core through simulated days of faults and crashes, one for each seed, and prints the seed of
each run that did not end well. The first thousand seeds are part of npm test.

Options:
  --runs <n>   how many seeds (default 100000)
  --from <n>   the first seed (default 1)
  --seed <n>   this seed alone, with all that happened
  --json       print the result as JSON
  --help       show this text
`;

const progressEvery = 1_000;

function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new GuildNetError('bad_config', `"${value}" is no number for --${name}.`, { remedy: `Write --${name} 1000.` });
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (values.seed !== undefined) return await show(wholeNumber('seed', values.seed));
  return await soak(wholeNumber('from', values.from), wholeNumber('runs', values.runs), values.json);
}

async function show(seed: number): Promise<number> {
  const { problems, trace } = await simulate({ seed });
  process.stdout.write(`${[...trace, '', `seed ${seed}: ${problems.length} problems`, ...problems].join('\n')}\n`);
  return problems.length === 0 ? 0 : 1;
}

async function soak(from: number, runs: number, json: boolean): Promise<number> {
  const began = performance.now();
  const failed: { seed: number; problems: string[] }[] = [];
  let requests = 0;
  for (let done = 0; done < runs; done += 1) {
    const result = await simulate({ seed: from + done });
    requests += result.requests;
    if (result.problems.length > 0) {
      failed.push({ seed: from + done, problems: result.problems });
      process.stderr.write(`seed ${from + done}: ${result.problems.join('; ')}\n`);
    }
    if ((done + 1) % progressEvery === 0)
      process.stderr.write(`${done + 1} of ${runs} runs, ${failed.length} failed\n`);
  }
  const seconds = Math.round((performance.now() - began) / 1_000);
  if (json) process.stdout.write(`${JSON.stringify({ from, runs, requests, seconds, failed })}\n`);
  else process.stdout.write(`${runs} runs with ${requests} requests in ${seconds} s; ${failed.length} failed.\n`);
  return failed.length === 0 ? 0 : 1;
}

await runScript(main);
