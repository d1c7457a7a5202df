import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { openFaultGround } from '#test/faults/fault-ground.ts';
import type { FaultOutcome } from '#test/faults/fault-outcome.ts';
import { lineFaults, planLineFaults } from '#test/faults/line-faults.ts';
import { trustingBrowser } from './fixtures/browser.ts';
import { testNamespace } from './fixtures/cluster.ts';
import { ide } from './fixtures/ide.ts';
import { numbersOf, printNumbers } from './fixtures/numbers-on-screen.ts';

const count = z.coerce.number();
const options = z
  .object({ faults: count, seed: count, kinds: z.array(z.enum(lineFaults)), output: z.string() })
  .parse(JSON.parse(process.env['GUILDNET_BENCH'] ?? 'null'));
const id = 'editor';
const password = 'faults-password';

test('an editor in a browser, whose terminal prints numbers through faults', async () => {
  await using namespace = await testNamespace();
  await using ground = await openFaultGround(namespace, id, { args: ['--ui', 'out/renderer'] });
  await createWorkspace(namespace, id, {
    image: localImages.codeServer,
    env: [{ name: 'PASSWORD', value: password }],
    home: {},
  });
  await ground.readyPod();
  await using browser = await trustingBrowser(ground.host.caFile);
  // The terminal has a third of it. What comes at once after eight seconds of nothing must not scroll by unseen: that is counted as lost.
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 1_800 } })).newPage();
  await page.goto(ground.host.link);
  await page.goto(`https://${id}.localhost:${new URL(ground.host.url).port}/`);
  const editor = ide(page, page.keyboard, password);
  await editor.ready();
  await editor.openTerminal();
  await editor.typeInTerminal(printNumbers);
  let [loads, refused] = [0, 0];
  page.on('framenavigated', (frame) => (loads += frame === page.mainFrame() ? 1 : 0));
  page.on('websocket', (socket) => socket.on('socketerror', () => (refused += 1)));
  const numbers = await numbersOf(page);

  const outcomes: FaultOutcome[] = [];
  let typed = 0;
  // A pod that is replaced takes the program with it, which no editor outlives.
  for (const fault of planLineFaults(
    options.faults,
    options.seed,
    options.kinds.filter((kind) => kind !== 'replaced'),
  )) {
    const before = { loads, refused, lost: await numbers.lost() };
    const [over] = await Promise.all([ground.inject(fault), page.keyboard.press('x').then(() => (typed += 1))]);
    const heard = await numbers.hears(over);
    await waitUntil(async () => (await numbers.taken()) >= typed, {
      what: 'what was typed to arrive',
      timeoutMs: 60_000,
    });
    await expect(page.locator('.monaco-dialog-box')).toBeHidden();
    outcomes.push({
      kind: fault.kind,
      recoveryMs: heard - over,
      refused: refused - before.refused,
      lost: (await numbers.lost()) - before.lost + ((await numbers.taken()) - typed),
      renewed: loads - before.loads,
    });
    process.stdout.write(`${JSON.stringify(outcomes.at(-1))}\n`);
    await writeFile(options.output, JSON.stringify(outcomes));
  }
});
