import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

  await test.step('another key is chosen, holds at once in page, menu and IDE, and the old one is the IDE’s', async () => {
    await window.getByRole('link', { name: 'Host' }).click();
    await window.getByRole('link', { name: 'Settings' }).click();
    const choose = async (command: string, keys: string): Promise<void> => {
      await window.getByRole('button', { name: new RegExp(`^${command}: `) }).click();
      await window.keyboard.press(keys);
    };
    const keysOf = (command: string) => window.getByRole('button', { name: new RegExp(`^${command}: `) });
    await choose('Commands', 'Control+N');
    const refused = window.getByRole('alert').filter({ hasText: 'The key was not changed' });
    await expect(refused).toContainText('This is the key of: Launch.');
    await choose('From an IDE or a terminal to the commands', 'Control+P');
    await expect(refused).toContainText('IDEs need this key');
    await choose('From an IDE or a terminal to the commands', 'Control+Alt+J');
    await expect(keysOf('From an IDE or a terminal to the commands')).toHaveText('Ctrl+Alt+J');
    await expect(refused).toBeHidden();
    await choose('Commands', 'F8');
    await expect(keysOf('Commands')).toHaveText('F8');
    expect(
      await app.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()
          ?.items.flatMap((item) => item.submenu?.items ?? [])
          .filter(({ label }) => label === 'Commands…')
          .map(({ accelerator }) => accelerator),
      ),
    ).toEqual(['F8']);
    await window.keyboard.press('Control+K');
    await expect(palette).toBeHidden();
    await window.keyboard.press('F8');
    await expect(palette).toBeVisible();
    await field.fill('open target');
    await field.press('Enter');
    await expectRunning(window);
    await press('G', ['control', 'alt']);
    await expect.poll(() => view.evaluate('keys.length')).toBe(2);
    await press('J', ['control', 'alt']);
    await expect(palette).toBeVisible();
    expect(JSON.parse(await readFile(join(desktop.home, 'desktop', 'desktop.json'), 'utf8'))).toMatchObject({
      shortcuts: { palette: 'F8', 'leave-ide': 'Control+Alt+J' },
    });
  });
});
