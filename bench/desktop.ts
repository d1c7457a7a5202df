import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { inRepository } from '../scripts/repository.ts';
import { runScript } from '../scripts/run-script.ts';
import { withEndToEnd } from '../scripts/testing/with-end-to-end.ts';
import { figuresTable } from './desktop/figures.ts';

const samplesSchema = z.record(z.string(), z.array(z.number()));

/**
 * `npm run bench:desktop [-- Playwright arguments…]`: how long the desktop takes to be there beside Electron alone, what it holds and uses, and how
 * soon somebody can type in an IDE; on the tests' local cluster.
 */
await runScript(() =>
  withEndToEnd(async ({ playwright }) => {
    const code = await playwright('playwright.bench.config.ts', ['desktop.bench.ts', ...process.argv.slice(2)]);
    const samples = samplesSchema.parse(
      JSON.parse(await readFile(inRepository('test-results', 'bench-desktop.json'), 'utf8')),
    );
    process.stdout.write(`${figuresTable(samples)}\n`);
    return code;
  }),
);
