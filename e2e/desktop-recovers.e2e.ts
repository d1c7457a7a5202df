import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { startDesktop } from './fixtures/desktop.ts';

const workspaceParts = ['', '/terminal', '/logs', '/ports', '/events', '/yaml', '/sharing'];
const routes = [
  ...['/', '/launch', '/cluster', '/sharing', '/tailnet', '/presets', '/settings', '/doctor', '/activity', '/api/docs'],
  ...workspaceParts.map((part) => `/workspaces/none${part}`),
  '/nowhere',
];

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

/** Runs in the UI's page by way of the main process: after a crash the test's own handle of it is of the past. */
async function inUi(app: ElectronApplication, code: string): Promise<unknown> {
  return app.evaluate(
    ({ webContents }, run) =>
      webContents
        .getAllWebContents()
        .find((one) => one.getURL().startsWith('app://guildnet'))
        ?.executeJavaScript(run),
    code,
  );
}

test('desktop: the page that dies comes back where it was on every route, with what was typed, and asks the second time', async () => {
  await using desktop = await startDesktop({ kubeconfigPath: undefined });
  const { app, window } = desktop;
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  const patient = { timeout: 60_000 };
  // A minute goes by from one route to the next as far as the app is concerned: each crash is a first one.
  await app.evaluate(() => {
    const now = performance.now.bind(performance);
    Object.assign(globalThis, { minutes: 0 });
    performance.now = () => now() + 60_000 * (globalThis as unknown as { minutes: number }).minutes;
  });
  const firstField = `document.querySelector('form input')`;
  /** Routes with a form, and what opens it there. */
  const forms = new Map([
    ['/launch', 'undefined'],
    ['/presets', `document.querySelector('main button[aria-expanded=false]')?.click()`],
  ]);
  for (const route of routes)
    await test.step(route, async () => {
      await app.evaluate(() => void ((globalThis as unknown as { minutes: number }).minutes += 1));
      await inUi(app, `history.pushState(null, '', '${route}'); dispatchEvent(new PopStateEvent('popstate'));`);
      const at = `app://guildnet${route}`;
      await expect.poll(() => uiAddress(app)).toBe(at);
      const opening = forms.get(route);
      if (opening !== undefined) {
        await expect.poll(() => inUi(app, `${firstField} ?? ${opening}; ${firstField} !== null`)).toBe(true);
        await inUi(app, `${firstField}.focus(); document.execCommand('insertText', false, 'typed/by:me'); true`);
      }
      await crashUi(app);
      await expect.poll(() => uiAddress(app), patient).toBe(at);
      await expect.poll(() => inUi(app, `document.querySelector('nav') !== null`), patient).toBe(true);
      if (opening !== undefined)
        await expect.poll(() => inUi(app, `${firstField}?.value`), patient).toBe('typed/by:me');
    });
  await crashUi(app);
  // It asks, unless this machine took more than half a minute for coming back: then the second time is a first one.
  await expect.poll(() => uiAddress(app), patient).toMatch(/^app:\/\/guildnet\/(crashed|nowhere)$/);
  expect(await app.evaluate(({ app: electron }) => electron.isReady())).toBe(true);
});

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
