import { type ElectronApplication, type Page, expect, test } from '@playwright/test';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { uiRoutes } from './fixtures/routes.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

test('web: every place of the built UI is shown when it is loaded cold and when it is reloaded', async () => {
  await using web = await openWeb({ presets });
  const { page, host, namespace } = web;
  await launchPreset(page, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);

  for (const { path, heading: name } of uiRoutes(id)) {
    await test.step(path, async () => {
      await page.goto(new URL(path, host.url).href);
      await expect(heading(page, name)).toBeVisible();
      await page.reload();
      await expect(heading(page, name)).toBeVisible();
    });
  }
  await page.goto(new URL(`/workspaces/${id}`, host.url).href);
  await expectRunning(page);
  await expect(page.getByTitle(`IDE of ${id}`)).toBeVisible();
});

test('desktop: every place of the built UI is shown again after a reload, and after its page has crashed', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({
    kubeconfigPath: testKubeconfig(),
    namespace: namespace.name,
    presets,
  });
  const { app, window } = desktop;
  await launchPreset(window, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(window);

  for (const { path, heading: name } of uiRoutes(id)) {
    await test.step(path, async () => {
      await window.goto(`app://guildnet${path}`);
      await expect(heading(window, name)).toBeVisible();
      const loaded = window.waitForEvent('load');
      await pressReload(app);
      await loaded;
      await expect(heading(window, name)).toBeVisible();
    });
  }

  await window.goto(`app://guildnet/workspaces/${id}`);
  await expect(heading(window, id)).toBeVisible();
  await crashPage(app);
  // Playwright gives up a page that has crashed; Electron does not.
  await expect.poll(() => shownByWindow(app), { timeout: 60_000 }).toEqual({ path: `/workspaces/${id}`, heading: id });
});

/** Presses the keys of the window's menu for a reload, where its system would send them. */
async function pressReload(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.focus();
    window?.webContents.focus();
    window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'R', modifiers: ['control'] });
    window?.webContents.sendInputEvent({ type: 'keyUp', keyCode: 'R', modifiers: ['control'] });
  });
}

/** Crashes the UI's page, and resolves when it is gone. */
async function crashPage(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('There is no window.');
    return new Promise<void>((resolve) => {
      window.webContents.once('render-process-gone', () => resolve());
      window.webContents.forcefullyCrashRenderer();
    });
  });
}

/** What the window shows, asked of Electron itself; undefined while it does not say, as a page that has just died never does. */
async function shownByWindow(app: ElectronApplication): Promise<unknown> {
  return app.evaluate(({ BrowserWindow }) =>
    Promise.race([
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        '({ path: location.pathname, heading: document.querySelector("h1")?.textContent })',
      ) as Promise<unknown>,
      new Promise<undefined>((resolve) => {
        setTimeout(resolve, 2_000);
      }),
    ]),
  );
}
