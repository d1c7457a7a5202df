import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { type Desktop, startDesktop } from './fixtures/desktop.ts';
import { chooseInMenu } from './fixtures/menu.ts';
import { expectRunning, frameOf } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';

const patient = { timeout: 60_000 };
const tab = (page: Page, id: string) => page.getByRole('tab', { name: new RegExp(`^${id}`) });

async function openIt(page: Page, id: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: id }).click();
  await expectRunning(page);
}

/** The places of the views in the app's own window, by the first part of the host that each is at: `[x, y, width, height]`. */
function placesOf({ app }: Desktop): Promise<Record<string, number[]>> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const views = (window?.contentView.children ?? []) as Electron.WebContentsView[];
    // A view that has just come has no address yet.
    const seen = views.filter((view) => view.getVisible() && view.webContents.getURL() !== '');
    return Object.fromEntries(
      seen.map((view) => {
        const { x, y, width, height } = view.getBounds();
        return [new URL(view.webContents.getURL()).hostname.split('.')[0] ?? '', [x, y, width, height]];
      }),
    );
  });
}

/** The titles of the windows that hold a view. */
function ownWindows({ app }: Desktop): Promise<string[]> {
  return app.evaluate(({ BaseWindow, BrowserWindow }) => {
    const main = new Set(BrowserWindow.getAllWindows().map(({ id }) => id));
    return BaseWindow.getAllWindows().flatMap((one) => (main.has(one.id) ? [] : [one.getTitle()]));
  });
}

test('desktop: workspaces are tabs, are seen two at a time, have windows of their own, and come back after a restart', async () => {
  await using namespace = await testNamespace();
  const options = { kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets };
  await using desktop = await startDesktop(options);
  const { app, window } = desktop;
  await Promise.all(['one', 'two', 'three'].map((id) => createHostileWorkspace(namespace, id)));
  for (const id of ['one', 'two', 'three']) await openIt(window, id);
  const order = (): Promise<(string | null)[]> =>
    window.getByRole('tab').evaluateAll((tabs) => tabs.map((one) => one.getAttribute('data-tab')));
  await expect.poll(order).toEqual(['one', 'two', 'three']);

  await test.step('by the keyboard: walked, moved, closed and opened again', async () => {
    await tab(window, 'three').focus();
    await window.keyboard.press('Control+Shift+ArrowLeft');
    await expect.poll(order).toEqual(['one', 'three', 'two']);
    await window.keyboard.press('Home');
    await expect(tab(window, 'one')).toBeFocused();
    await window.keyboard.press('Enter');
    await expect(tab(window, 'one')).toHaveAttribute('aria-selected', 'true');
    await chooseInMenu(app, 'Next tab');
    await expect(tab(window, 'three')).toHaveAttribute('aria-selected', 'true');
    await chooseInMenu(app, 'Close tab');
    await expect.poll(order).toEqual(['one', 'two']);
    await expect(tab(window, 'two')).toHaveAttribute('aria-selected', 'true');
    await chooseInMenu(app, 'Reopen the closed tab');
    await expect.poll(order).toEqual(['one', 'two', 'three']);
  });
  await test.step('by the mouse: dragged, and closed by its middle button', async () => {
    await tab(window, 'three').dragTo(tab(window, 'one'));
    await expect.poll(order).toEqual(['three', 'one', 'two']);
    await tab(window, 'three').click({ button: 'middle' });
    await expect.poll(order).toEqual(['one', 'two']);
  });

  await test.step('two are seen beside each other, and the line between them is moved by keys', async () => {
    await tab(window, 'one').click();
    await window.getByRole('button', { name: 'Split: two beside each other' }).click();
    await expect.poll(async () => Object.keys(await placesOf(desktop)).toSorted()).toEqual(['one', 'two']);
    const { one = [], two = [] } = await placesOf(desktop);
    expect(one[1]).toBe(two[1]);
    expect(Math.abs((one[2] ?? 0) - (two[2] ?? 0))).toBeLessThan(3);
    expect((one[0] ?? 0) + (one[2] ?? 0)).toBeLessThan(two[0] ?? 0);
    const line = window.getByRole('separator', { name: 'Line between the two' });
    await line.focus();
    await window.keyboard.press('ArrowRight');
    await expect(line).toHaveAttribute('aria-valuenow', '55');
    await expect.poll(async () => (await placesOf(desktop))['one']?.[2] ?? 0).toBeGreaterThan(one[2] ?? 0);
    // Whoever goes into the other one has it in the toolbar then.
    await app.evaluate(({ webContents }) => {
      webContents
        .getAllWebContents()
        .find((one) => one.getURL().includes('two.localhost'))
        ?.focus();
    });
    await expect(tab(window, 'two')).toHaveAttribute('aria-selected', 'true');
    await expect.poll(async () => Object.keys(await placesOf(desktop)).toSorted()).toEqual(['one', 'two']);
  });

  const here = await desktop.ide('two');
  await here.evaluate('document.title = "my page"; globalThis.mine = "kept"');
  await test.step('one has a window of its own, and comes back as it was', async () => {
    await window.getByRole('button', { name: 'Open in a window of its own' }).click();
    await expect.poll(() => ownWindows(desktop)).toEqual(['two — my page']);
    await expect(tab(window, 'two')).toHaveAccessibleName('two: in a window of its own');
    await expect(window.getByText('This workspace has a window of its own.')).toBeVisible();
    await expect.poll(() => placesOf(desktop)).toEqual({});
    await window.getByRole('button', { name: 'Back into this window' }).click();
    await expect.poll(() => ownWindows(desktop)).toEqual([]);
    await expect.poll(async () => Object.keys(await placesOf(desktop)).toSorted()).toEqual(['one', 'two']);
    expect(await here.evaluate('globalThis.mine')).toBe('kept');
    await window.getByRole('button', { name: 'End the split' }).click();
    await expect.poll(async () => Object.keys(await placesOf(desktop))).toEqual(['two']);
  });

  await test.step('what nobody looks at is let go beyond the budget, and comes back where it was', async () => {
    const one = await desktop.ide('one');
    await one.evaluate('history.pushState(null, "", "/say?b=here&h=content-type:text/html")');
    await window.goto('app://guildnet/settings');
    await window.getByLabel('Memory for IDEs that nobody looks at').selectOption('0');
    await openIt(window, 'two');
    await expect(tab(window, 'one')).toHaveAccessibleName('one: not loaded; opens where it was', patient);
    await tab(window, 'one').click();
    await expect.poll(() => app.windows().some((page) => page.url().includes('one.localhost')), patient).toBe(true);
    expect((await desktop.ide('one')).url()).toMatch(/\/say\?b=here/);
  });

  await expect(tab(window, 'two')).toHaveAccessibleName('two: not loaded; opens where it was', patient);
  expect(await desktop.quit()).toEqual([]);
  await using again = await startDesktop(options, (home) =>
    cp(join(desktop.home, 'desktop'), join(home, 'desktop'), {
      recursive: true,
      filter: (path) => !/Singleton/.test(path),
    }),
  );
  await expect(again.window.getByRole('tab')).toHaveCount(2);
  await expect(tab(again.window, 'one')).toHaveAccessibleName('one: not loaded; opens where it was');
  expect(again.app.windows()).toHaveLength(1);
  await tab(again.window, 'one').click();
  await expect.poll(async () => (await again.ide('one')).url()).toMatch(/\/say\?b=here/);
  await test.step('the menus speak the language that is chosen', async () => {
    await again.window.goto('app://guildnet/settings');
    await again.window.getByLabel('Language of the pages').selectOption('de');
    const labels = (): Promise<string[]> =>
      again.app.evaluate(({ Menu }) =>
        (Menu.getApplicationMenu()?.items ?? []).flatMap(({ label, submenu }) => [
          label,
          ...(submenu?.items ?? []).map((item) => item.label),
        ]),
      );
    await expect.poll(labels).toEqual(expect.arrayContaining(['&Bearbeiten', 'Rückgängig', 'Nächster Tab', 'Beenden']));
  });
  await test.step('two are seen, the page dies, and both are where they were when it is back', async () => {
    await tab(again.window, 'one').click();
    await chooseInMenu(again.app, 'Teilen: zwei nebeneinander');
    await expect.poll(async () => Object.keys(await placesOf(again)).toSorted(), patient).toEqual(['one', 'two']);
    const before = await placesOf(again);
    await again.app.evaluate(({ webContents }) => {
      const page = webContents.getAllWebContents().find((one) => one.getURL().startsWith('app://guildnet'));
      if (page === undefined) throw new Error('There is no page of the UI.');
      const { promise, resolve } = Promise.withResolvers<void>();
      // The views are hidden with their page, and only a page that is back shows them again.
      page.once('did-finish-load', () => resolve());
      page.forcefullyCrashRenderer();
      return promise;
    });
    await expect.poll(() => placesOf(again), patient).toEqual(before);
  });
});

test('web: the same tabs and the same split, of frames', async () => {
  await using web = await openWeb({ presets });
  const { page, namespace } = web;
  await Promise.all(['one', 'two'].map((id) => createHostileWorkspace(namespace, id)));
  for (const id of ['one', 'two']) await openIt(page, id);
  const two = await frameOf(page, 'two');
  await two.evaluate('globalThis.mine = "kept"');
  await page.getByRole('button', { name: 'Split: one below the other' }).click();
  const one = await frameOf(page, 'one');
  const [above, below] = await Promise.all([two, one].map(async (it) => (await it.frameElement()).boundingBox()));
  expect(above?.x).toBe(below?.x);
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThan(below?.y ?? 0);
  await one.locator('body').click();
  await expect(tab(page, 'one')).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'End the split' }).click();
  await expect(page.getByTitle('IDE of two')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('tab')).toHaveCount(2);
  await expect(tab(page, 'two')).toHaveAccessibleName('two: not loaded; opens where it was');
});
