import { expect, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { expectRunning } from './fixtures/ui.ts';

test('desktop: where there is no tray and something runs, closing asks, and keeping it open keeps all', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({
    kubeconfigPath: testKubeconfig(),
    namespace: namespace.name,
    presets,
    env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_RUNTIME_DIR: '' },
  });
  const { app, window } = desktop;
  await createHostileWorkspace(namespace, 'stays');
  await window.getByRole('link', { name: 'Open stays' }).click();
  await expectRunning(window);
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    // The box is the system's own and cannot be clicked from here.
    Object.assign(dialog, {
      showMessageBox: (_window: unknown, options: { detail: string }) => {
        asked.push(options.detail);
        return Promise.resolve({ response: 1, checkboxChecked: false });
      },
    });
  });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked))
    .toEqual([expect.stringContaining('will keep running in the cluster')]);
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
});
