import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { formatTable } from '#cli/output/table.ts';
import { inRepository } from '../scripts/repository.ts';
import { runScript } from '../scripts/run-script.ts';
import { withEndToEnd } from '../scripts/testing/with-end-to-end.ts';
import { benchArguments } from './bench-arguments.ts';
import { ensurePeers } from './proxy/peers.ts';
import { wholeNumber } from './whole-number.ts';
import { stretchSchema, windowRows } from './window/figures.ts';

const usage = `Usage: npm run bench:window -- [options]
Scrolls the desktop's list of many workspaces while a gigabyte passes its proxy and while all of them change, and tells what
that does to the window's frames, its answers to the wheel, the main process's event loop and the operator. The same load
through a host in a process of its own tells how much of it is the machine's doing.

Options:
  --workspaces <n>  how many (default 1000)
  --rounds <n>      how many of each, of which the medians are shown (default 3)
  --seconds <n>     how long each lasts (default 8)
  --json            print all figures as JSON
  --help            show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { workspaces: '1000', rounds: '3', seconds: '8' });
  if (values === undefined) return 0;
  const { json, ...how } = values;
  for (const [name, text] of Object.entries(how)) wholeNumber(`--${name}`, text);
  const output = inRepository('test-results', 'bench-window.json');
  const code = await withEndToEnd(async ({ playwright, report }) => {
    const program = await ensurePeers(report);
    const options = JSON.stringify({ ...how, program, output });
    return await playwright('playwright.bench.config.ts', ['window.bench.ts'], { GUILDNET_BENCH: options });
  });
  if (code !== 0) return code;
  const stretches = z.array(stretchSchema).parse(JSON.parse(await readFile(output, 'utf8')));
  process.stdout.write(json ? `${JSON.stringify({ ...how, stretches })}\n` : `${formatTable(windowRows(stretches))}\n`);
  return 0;
}

await runScript(main);
