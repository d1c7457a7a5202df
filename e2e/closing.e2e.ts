import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { serveRelease } from './fixtures/release-server.ts';
import { expectRunning } from './fixtures/ui.ts';

test('desktop: where there is no tray, a hidden start shows the window, and closing it asks while something runs', async () => {
  const config = test.info().outputPath('config');
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({
    kubeconfigPath: testKubeconfig(),
    namespace: namespace.name,
    presets,
    args: ['--hidden'],
    env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_RUNTIME_DIR: '', XDG_CONFIG_HOME: config },
  });
  const { app, window } = desktop;
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true);

  await test.step('starting at login is the person’s to choose, with a window or without', async () => {
    const file = join(config, 'autostart', 'guildnet.desktop');
    await window.getByRole('link', { name: 'Host' }).click();
    await window.getByRole('link', { name: 'Settings' }).click();
    // Without a place to ask, nothing is.
    await expect(window.getByText('knows no place to look for newer versions at')).toBeVisible();
    const atLogin = window.getByRole('checkbox', { name: 'Start GuildNet when I log in' });
    const hidden = window.getByRole('checkbox', { name: 'Without its window, in the tray' });
    await expect(atLogin).not.toBeChecked();
    await expect(hidden).toBeDisabled();
    await atLogin.check();
    await hidden.check();
    await expect(window.getByText('This desktop shows no tray')).toBeVisible();
    const entry = await readFile(file, 'utf8');
    expect(entry).toMatch(/^Exec=".*electron" ".*" "--hidden"$/m);

    // Turned off elsewhere, such as in the desktop's own settings, it is shown as it is.
    await writeFile(file, `${entry}Hidden=true\n`);
    await window.reload();
    await expect(atLogin).not.toBeChecked();
    await atLogin.check();
    await atLogin.uncheck();
    await expect.poll(() => readFile(file, 'utf8').catch(String)).toContain('ENOENT');
    await window.getByRole('link', { name: 'Workspaces' }).first().click();
  });
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

test('desktop: a newer version is offered, what is corrupt is thrown away, and the good one is put in place at the end', async () => {
  const folder = test.info().outputPath('place');
  const appImage = join(folder, 'GuildNet.AppImage');
  await mkdir(folder);
  await writeFile(appImage, 'this version', { mode: 0o755 });
  const newer = Buffer.alloc(1_000_000, 'newer ');
  await using release = await serveRelease('9.9.9', newer);
  await using desktop = await startDesktop({
    env: { GUILDNET_UPDATES: release.address, APPIMAGE: appImage, XDG_CACHE_HOME: join(folder, 'cache') },
  });
  const { window } = desktop;
  await window.getByRole('link', { name: 'Host' }).click();
  await window.getByRole('link', { name: 'Settings' }).click();
  const updates = window.getByRole('region', { name: 'Newer versions' });
  await expect(updates.getByRole('checkbox', { name: 'Look for newer versions of GuildNet' })).toBeChecked();
  expect(release.asked).toEqual([]);

  await updates.getByRole('button', { name: 'Look now' }).click();
  await expect(updates.getByText('Version 9.9.9 is there.')).toBeVisible();
  await expect(window.getByRole('link', { name: '9.9.9 is there' })).toBeVisible();
  expect(release.asked.map(({ path }) => path)).toEqual([expect.stringMatching(/^\/releases\/latest-linux/)]);

  release.sends = Buffer.concat([newer.subarray(1), Buffer.from('!')]);
  const download = updates.getByRole('button', { name: 'Download 9.9.9' });
  await download.click();
  await expect(updates.getByText('What came is not what was announced, so it was thrown away.')).toBeVisible();
  expect(
    (await readdir(join(folder, 'cache'), { recursive: true })).filter((name) => name.endsWith('.AppImage')),
  ).toEqual([]);

  release.sends = undefined;
  await download.click();
  await expect(updates.getByText('Version 9.9.9 is downloaded and takes this one’s place')).toBeVisible();
  // Who asks is nobody's business.
  expect(new Set(release.asked.map(({ headers }) => headers['x-user-staging-id'] ?? 'none'))).toEqual(
    new Set(['none']),
  );
  expect(await readFile(appImage, 'utf8')).toBe('this version');
  expect(await desktop.quit()).toEqual([]);
  expect((await readFile(appImage)).equals(newer)).toBe(true);
  expect((await stat(appImage)).mode & 0o777).toBe(0o755);
});
