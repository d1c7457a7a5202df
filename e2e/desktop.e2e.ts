import { expect, test } from '@playwright/test';
import { presets, remains, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { ide } from './fixtures/ide.ts';
import { isListening } from './fixtures/listening.ts';
import { deleteWorkspace, expectRunning, launchPreset, reloadIde } from './fixtures/ui.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

const password = 'e2e-password';

test('desktop: from a click to a terminal that answers, and nothing is left', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({
    kubeconfigPath: testKubeconfig(),
    namespace: namespace.name,
    presets,
    env: { AGENT_DEFAULT_PASSWORD: password },
  });
  const { window } = desktop;

  await launchPreset(window, 'code-server');
  const id = await onlyWorkspace(namespace);
  await expectRunning(window);

  const view = await desktop.ide(id);
  const code = ide(view, view.keyboard, password);
  await code.ready();
  await code.openTerminal();
  await code.typeInTerminal('echo $((6*7))');
  await code.expectInTerminal('42');

  // Read back, so that the file is known to be written before the page that types goes away.
  await code.typeInTerminal('echo "kept $((6*7))" > ~/answer.txt; cat ~/answer.txt');
  await code.expectInTerminal('kept 42');
  const reloaded = view.waitForEvent('framenavigated');
  await reloadIde(window);
  await reloaded;
  await code.ready();
  await code.expectFile('/home/coder/answer.txt', 'kept 42');

  await deleteWorkspace(window);
  await expect.poll(() => remains(namespace), { timeout: 60_000 }).toEqual([]);

  expect(await isListening(desktop.port)).toBe(true);
  expect(await desktop.quit()).toEqual([]);
  expect(await isListening(desktop.port)).toBe(false);
});
