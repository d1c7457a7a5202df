import { expect, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { expectRunning } from './fixtures/ui.ts';

test('desktop: commands are a key away, also from an IDE, whose own keys stay its own', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  const { app, window } = desktop;
  const palette = window.getByRole('dialog', { name: 'Commands' });
  const field = palette.getByRole('combobox', { name: 'Command' });
  await createHostileWorkspace(namespace, 'target');
  await expect(window.getByRole('link', { name: 'Open target' })).toBeVisible();

  await window.keyboard.press('Control+K');
  await field.fill('logs of tar');
  await expect(palette.getByRole('option').first()).toHaveText(/Logs of target/);
  await field.press('Enter');
  await expect(palette).toBeHidden();
  await expect(window).toHaveURL(/\/workspaces\/target\/logs$/);

  await window.keyboard.press('Control+K');
  await field.fill('open target');
  await field.press('Enter');
  await expectRunning(window);
  const view = await desktop.ide('target');
  await expect(view.locator('#here')).toBeVisible();
  await view.evaluate(`
    globalThis.keys = [];
    addEventListener('keydown', (event) => { keys.push(event.key); event.preventDefault(); });
  `);
  const press = (keyCode: string, modifiers: ('control' | 'alt')[]): Promise<void> =>
    app.evaluate(
      ({ webContents }, pressed) => {
        const page = webContents.getAllWebContents().find((one) => one.getURL().includes('target.localhost'));
        page?.focus();
        page?.sendInputEvent({ type: 'keyDown', keyCode: pressed.keyCode, modifiers: pressed.modifiers });
        page?.sendInputEvent({ type: 'keyUp', keyCode: pressed.keyCode, modifiers: pressed.modifiers });
      },
      { keyCode, modifiers },
    );
  await press('K', ['control']);
  await expect.poll(() => view.evaluate('keys.length')).toBe(1);
  await expect(palette).toBeHidden();
  await press('G', ['control', 'alt']);
  await expect(palette).toBeVisible();
  expect(await view.evaluate('keys.length')).toBe(1);
  await field.press('Escape');
  await expect(palette).toBeHidden();
});
