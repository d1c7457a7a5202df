import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { startDesktop } from './fixtures/desktop.ts';

const routes = ['/', '/launch', '/cluster', '/presets', '/settings', '/doctor', '/api/docs', '/workspaces/none'];

/** Ends the process of the UI's page, and returns when the app has heard of it. */
async function crashUi(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((one) => one.getURL().startsWith('app://guildnet'));
    if (page === undefined) throw new Error('There is no page of the UI.');
    const { promise, resolve } = Promise.withResolvers<void>();
    page.once('render-process-gone', () => resolve());
    page.forcefullyCrashRenderer();
    return promise;
  });
}

/** The address of the UI's page, asked of the main process: after a crash the test's own handle of the page may be of the past. */
async function uiAddress(app: ElectronApplication): Promise<string> {
  return app.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((one) => one.getURL().startsWith('app://guildnet'));
    return page === undefined || page.isCrashed() || page.isLoading() ? '' : page.getURL();
  });
}

test('desktop: broken files of an earlier run are put aside, and the window opens', async () => {
  await using desktop = await startDesktop({ kubeconfigPath: undefined }, async (home) => {
    await mkdir(join(home, 'desktop'), { recursive: true });
    await writeFile(join(home, 'desktop', 'window.json'), '\0\0\0\0');
    await writeFile(join(home, 'desktop', 'desktop.json'), '{"downloadFolder":');
  });
  await expect(desktop.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  expect(await readFile(join(desktop.home, 'desktop', 'desktop.json.broken'), 'utf8')).toBe('{"downloadFolder":');
  expect(await readFile(join(desktop.home, 'desktop', 'window.json.broken'), 'utf8')).toBe('\0\0\0\0');
});

test('desktop: a log that cannot be written keeps nothing from starting', async () => {
  await using desktop = await startDesktop({ kubeconfigPath: undefined }, async (home) => {
    await writeFile(join(home, 'logs'), 'a file where a folder would have to be');
  });
  await expect(desktop.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  expect(desktop.said()).toContain('desktop.log');
});

for (const route of routes) {
  test(`desktop: the page that dies at ${route} comes back there, and asks the second time`, async () => {
    await using desktop = await startDesktop({ kubeconfigPath: undefined });
    const { app, window } = desktop;
    await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await window.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, route);
    const at = `app://guildnet${route}`;
    await expect.poll(() => uiAddress(app)).toBe(at);
    await crashUi(app);
    await expect.poll(() => uiAddress(app), { timeout: 60_000 }).toBe(at);
    await crashUi(app);
    // It asks, unless this machine took more than half a minute for coming back: then the second time is a first one.
    const landed = expect.poll(() => uiAddress(app), { timeout: 60_000 });
    await landed.toMatch(new RegExp(`^app://guildnet(/crashed|${route})$`));
    expect(await app.evaluate(({ app: electron }) => electron.isReady())).toBe(true);
  });
}

test('desktop: a graphics process that crashes again and again is done without at the next start', async () => {
  await using desktop = await startDesktop({ kubeconfigPath: undefined });
  const { app, window } = desktop;
  for (let times = 0; times < 3; times += 1) {
    // What Electron tells of it is what is tested here; whether Chromium has such a process at all depends on the machine.
    await app.evaluate(({ app: electron }) => {
      electron.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 });
    });
  }
  await expect
    .poll(() => readFile(join(desktop.home, 'desktop', 'desktop.json'), 'utf8').catch(() => ''))
    .toContain('softwareRenderingIn');
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('desktop: without a session bus the terminal stays quiet, and closing says what it means before it ends anything', async () => {
  await using desktop = await startDesktop({
    kubeconfigPath: undefined,
    env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_RUNTIME_DIR: '' },
  });
  const { app, window } = desktop;
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  expect(desktop.said()).not.toMatch(/\bbus\b/i);
  // Nothing runs, so nothing is asked: the app ends.
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await ended;
});
