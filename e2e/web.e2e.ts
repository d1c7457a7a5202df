import { expect, test } from '@playwright/test';
import { presets, remains } from './fixtures/cluster.ts';
import { processesWith } from './fixtures/processes.ts';
import { ide } from './fixtures/ide.ts';
import { isListening } from './fixtures/listening.ts';
import { deleteWorkspace, expectRunning, frameOf, launchPreset, reloadIde } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

const password = 'e2e-password';
/** The README's picture is taken anew when asked for; otherwise it is a record of the run. */
const picture =
  process.env['UPDATE_SCREENSHOTS'] === '1' ? 'docs/images/workspace.png' : 'test-results/e2e/workspace.png';

test('web: from a click to a terminal that answers, and nothing is left', async () => {
  await using web = await openWeb({ presets, env: { AGENT_DEFAULT_PASSWORD: password } });
  const { page, host, namespace } = web;

  await launchPreset(page, 'code-server');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);

  let frame = await frameOf(page, id);
  let code = ide(frame, page.keyboard, password);
  await code.ready();
  await code.openTerminal();
  await code.typeInTerminal('echo $((6*7))');
  await code.expectInTerminal('42');

  await code.typeInTerminal(`echo 'console.log("Hello from Kubernetes:", 6 * 7);' > ~/hello.js`);
  // An answer of the shell that comes after it, so that the file is known to be written before the page goes away.
  await code.typeInTerminal('wc -l < ~/hello.js');
  await code.expectInTerminal('1');
  const old = frame;
  await reloadIde(page);
  await expect.poll(() => old.isDetached()).toBe(true);
  frame = await frameOf(page, id);
  code = ide(frame, page.keyboard, password);
  await code.ready();
  await code.expectFile('/home/coder/hello.js', 'console.log("Hello from Kubernetes:", 6 * 7);');
  await code.openTerminal();
  await code.typeInTerminal('node hello.js');
  await code.expectInTerminal('Hello from Kubernetes: 42');
  await page.screenshot({ path: picture });

  await deleteWorkspace(page);
  await expect.poll(() => remains(namespace), { timeout: 60_000 }).toEqual([]);

  const port = Number(new URL(host.url).port);
  expect(await isListening(port)).toBe(true);
  expect(await host.stop()).toBe(0);
  expect(await isListening(port)).toBe(false);
  expect(await processesWith(host.home)).toEqual([]);
});
