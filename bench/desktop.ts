import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { inRepository } from '../scripts/repository.ts';
import { runScript } from '../scripts/run-script.ts';
import { withEndToEnd } from '../scripts/testing/with-end-to-end.ts';
import { benchArguments } from './bench-arguments.ts';
import { figuresTable } from './desktop/figures.ts';

const samplesSchema = z.record(z.string(), z.array(z.number()));

const usage = `Usage: npm run bench:desktop [-- options]

How long the desktop takes to be there beside Electron alone, what it holds and uses, and how soon somebody can type in an IDE; on the tests'
local cluster, in two and a half minutes.

Options:
  --part <part>   start, ide or rows alone; all three unless given
  --json          print every sample
  --help          show this text
`;

/** Words that the tests of e2e/desktop.bench.ts have in their names, by the parts. */
const parts: Readonly<Record<string, string>> = {
  start: 'start beside',
  ide: 'first keystroke',
  rows: 'thousand rows',
};

/** `npm run bench:desktop`: see `usage`. */
await runScript(async () => {
  const options = benchArguments(usage, { part: '' });
  if (options === undefined) return 0;
  const words = parts[options.part];
  if (options.part !== '' && words === undefined) {
    process.stderr.write(`There is no part "${options.part}". There are: ${Object.keys(parts).join(', ')}.\n`);
    return 2;
  }
  return withEndToEnd(async ({ playwright }) => {
    const chosen = words === undefined ? [] : ['--grep', words];
    const code = await playwright('playwright.bench.config.ts', ['desktop.bench.ts', ...chosen]);
    const samples = samplesSchema.parse(
      JSON.parse(await readFile(inRepository('test-results', 'bench-desktop.json'), 'utf8')),
    );
    process.stdout.write(options.json ? `${JSON.stringify(samples)}\n` : `${figuresTable(samples)}\n`);
    return code;
  });
});
