import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { type Desktop, startDesktop } from './fixtures/desktop.ts';
import { startIdentityProvider } from './fixtures/identity-provider.ts';
import { chooseInMenu } from './fixtures/menu.ts';
import { expectRunning } from './fixtures/ui.ts';

const id = 'hostile';
/** A view goes through several processes of a busy machine on its way. */
const patient = { timeout: 60_000 };

/** Opens the workspace in the window, and returns its view. */
async function openIt(desktop: Desktop): Promise<Page> {
  await desktop.window.getByRole('link', { name: `Open ${id}` }).click();
  await expectRunning(desktop.window);
  const view = await desktop.ide(id);
  await expect(view.locator('#here')).toBeVisible();
  return view;
}

/** The address of an answer of the workspace's server with these headers and this content. */
function says(headers: readonly string[], body: string): string {
  const query = new URLSearchParams([...headers.map((header) => ['h', header]), ['b', body]]);
  return `/say?${query.toString()}`;
}

/** What does not let itself be found by the name of its host any more: the view, wherever it is. */
async function viewAt(desktop: Desktop, origin: string): Promise<Page> {
  await expect.poll(() => desktop.app.windows().some((page) => page.url().startsWith(origin)), patient).toBe(true);
  const found = desktop.app.windows().find((page) => page.url().startsWith(origin));
  if (found === undefined) throw new Error(`No view is at ${origin}.`);
  return found;
}

test('desktop: a download goes into the folder under a harmless name, and the page tells of it', async () => {
  await using namespace = await testNamespace();
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-downloads-'));
  try {
    await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
    await desktop.app.evaluate(({ app }, to) => app.setPath('downloads', to), folder);
    await createHostileWorkspace(namespace, id);
    const view = await openIt(desktop);
    const names = ['notes.txt', 'notes.txt', '../../evil.desktop'];
    for (const [place, name] of names.entries()) {
      const address = says([`content-disposition:attachment; filename="${name}"`], `content ${String(place)}`);
      await view.evaluate(`location.href = ${JSON.stringify(address)}`);
      await expect.poll(async () => (await readdir(folder)).length).toBe(place + 1);
    }
    const shelf = desktop.window.getByRole('region', { name: 'Downloads' });
    await expect(shelf.getByRole('button', { name: /^Show .* in its folder$/ })).toHaveCount(3);
    const stored = (await readdir(folder)).toSorted();
    expect(stored).toHaveLength(3);
    expect(stored).toContain('notes.txt');
    expect(stored).toContain('notes (1).txt');
    expect(stored.filter((name) => name.endsWith('.desktop'))).toEqual([]);
    expect(await readFile(join(folder, 'notes (1).txt'), 'utf8')).toBe('content 1');
    await shelf.getByRole('button', { name: 'Close downloads' }).click();
    await expect(shelf).toBeHidden();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** The colour of a view's last pixel, where a short page has nothing. */
async function groundOf(desktop: Desktop, origin: string): Promise<number[]> {
  return desktop.app.evaluate(async ({ webContents }, at) => {
    const shown = await webContents
      .getAllWebContents()
      .find((one) => one.getURL().startsWith(at))
      ?.capturePage();
    return [...(shown?.toBitmap().subarray(-4) ?? [])];
  }, origin);
}

test('desktop: a page without a ground of its own can be read with a dark theme; a download into a folder that is not there says so', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  await desktop.app.evaluate(({ app }, to) => app.setPath('downloads', to), '/proc/1/nowhere');
  await createHostileWorkspace(namespace, id);
  const view = await openIt(desktop);
  await desktop.app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'dark'));
  const plain = says(['content-type:text/html'], '<p id=plain>black on what a browser gives');
  await view.evaluate(`location.href = ${JSON.stringify(plain)}`);
  await expect(view.locator('#plain')).toBeVisible();
  await expect.poll(() => groundOf(desktop, new URL(view.url()).origin), patient).toEqual([255, 255, 255, 255]);
  const address = says(['content-disposition:attachment; filename="a.txt"'], 'x');
  await view.evaluate(`location.href = ${JSON.stringify(address)}`);
  const shelf = desktop.window.getByRole('region', { name: 'Downloads' });
  await expect(shelf).toContainText('could not be written into /proc/1/nowhere');
});

test('desktop: a sign-in elsewhere happens in the view, is named, and comes back into it', async () => {
  await using provider = await startIdentityProvider();
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  await createHostileWorkspace(namespace, id);
  const view = await openIt(desktop);
  const own = new URL(view.url()).origin;
  await desktop.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url: string) => {
      opened.push(url);
      return Promise.resolve();
    };
  });

  await view.evaluate('sessionStorage.setItem("verifier", "kept")');
  const back = `${own}/say?b=back&h=content-type:text/html`;
  const authorise = `${provider.origin}/authorize?client_id=a&redirect_uri=${encodeURIComponent(back)}`;
  await view.evaluate(`location.href = ${JSON.stringify(authorise)}`);
  const away = await viewAt(desktop, provider.origin);
  await expect(desktop.window.getByText(`asks you to sign in at ${provider.origin}`)).toBeVisible(patient);
  await away.locator('#agree').click();
  await expect.poll(() => away.url(), patient).toContain('code=42');
  expect(await away.evaluate('sessionStorage.getItem("verifier")')).toBe('kept');
  await expect(desktop.window.getByText('asks you to sign in at')).toBeHidden(patient);

  // Without a way back it is the browser's, as before; and never is it the host's own door or another workspace.
  const port = String(desktop.port);
  for (const elsewhere of [
    `${provider.origin}/login`,
    `https://localhost:${port}/?redirect_uri=${encodeURIComponent(back)}`,
    `https://other.localhost:${port}/?redirect_uri=${encodeURIComponent(back)}`,
  ]) {
    await away.evaluate(`location.href = ${JSON.stringify(elsewhere)}`);
    await expect
      .poll(() => desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened), patient)
      .toContain(elsewhere);
    expect(new URL(away.url()).origin).toBe(own);
  }
});

test('desktop: a page that fills the screen is left by Escape, whatever it does about the key', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  await createHostileWorkspace(namespace, id);
  const view = await openIt(desktop);
  const before: unknown = await view.evaluate('innerWidth');
  await view.evaluate(`
    Document.prototype.exitFullscreen = () => Promise.resolve();
    addEventListener('keydown', (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
    document.addEventListener('click', () => document.documentElement.requestFullscreen(), { once: true });
  `);
  await view.locator('#here').click();
  await expect.poll(() => view.evaluate('document.fullscreenElement !== null')).toBe(true);
  await expect.poll(() => view.evaluate(`innerWidth > ${String(before)}`)).toBe(true);
  await expect.poll(() => desktop.app.windows().some((page) => page.url() === 'app://guildnet/full-screen')).toBe(true);
  await desktop.app.evaluate(({ webContents }, origin) => {
    const page = webContents.getAllWebContents().find((one) => one.getURL().startsWith(origin));
    page?.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
  }, new URL(view.url()).origin);
  await expect.poll(() => view.evaluate('document.fullscreenElement === null')).toBe(true);
  await expect.poll(() => view.evaluate('innerWidth')).toBe(before);
});

test('desktop: text is found in a view, which has a menu of its own', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  await createHostileWorkspace(namespace, id);
  const view = await openIt(desktop);
  await view.evaluate('document.body.innerHTML = "<p id=here>needle hay needle</p>"');
  await chooseInMenu(desktop.app, 'Find in the IDE…');
  const search = desktop.window.getByRole('search', { name: 'Find in the IDE' });
  await search.getByLabel('Text to find').fill('needle');
  await expect(search.getByRole('status')).toHaveText('1 of 2');
  await search.getByRole('button', { name: 'Next' }).click();
  await expect(search.getByRole('status')).toHaveText('2 of 2');
  await search.getByLabel('Text to find').fill('thread');
  await expect(search.getByRole('status')).toHaveText('Not found');
  await search.getByLabel('Text to find').fill('');
  await expect(search.getByRole('status')).toBeEmpty();
  await expect(search.getByLabel('Text to find')).toBeFocused();
  await search.getByLabel('Text to find').press('Escape');
  await expect(search).toBeHidden();
  await expect(desktop.window.getByRole('button', { name: 'More of the IDE' })).toBeVisible();
});

test('desktop: a page that hangs is told of, and is ended by a reload', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  await createHostileWorkspace(namespace, id);
  const view = await openIt(desktop);
  /** Of the view's page, once it is loaded; 0 until then. Asked of the app, as the test's own handle ends with the process. */
  const processOfPage = (): Promise<number> =>
    desktop.app.evaluate(({ webContents }, host) => {
      const page = webContents.getAllWebContents().find((one) => one.getURL().includes(host));
      return page === undefined || page.isCrashed() || page.isLoading() ? 0 : page.getOSProcessId();
    }, `${id}.localhost`);
  await expect.poll(processOfPage).toBeGreaterThan(0);
  const hung = await processOfPage();
  await view.evaluate('setTimeout(() => { for (;;); }, 0)');
  // Chromium does not tell of a page that hangs while a debugger is attached, which is how a test drives it: this is told in its place.
  await desktop.app.evaluate(({ webContents }, host) => {
    const page = webContents.getAllWebContents().find((one) => one.getURL().includes(host));
    if (page === undefined) throw new Error('There is no view.');
    page.emit('unresponsive');
  }, `${id}.localhost`);
  await expect(desktop.window.getByText('does not answer')).toBeVisible();
  await desktop.window.getByRole('button', { name: 'Reload' }).click();
  await expect(desktop.window.getByText('does not answer')).toBeHidden(patient);
  await expect.poll(async () => [0, hung].includes(await processOfPage()), patient).toBe(false);
});

test('desktop: a page reads the clipboard and notifies only once it was allowed to, and that is kept and taken back', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  const { app, window } = desktop;
  await createHostileWorkspace(namespace, id);
  const view = await openIt(desktop);
  await app.evaluate(async ({ clipboard, dialog }) => {
    await clipboard.writeText('a secret');
    const asked: string[] = [];
    Object.assign(globalThis, { asked, answer: 1 });
    // The box is the system's own and cannot be clicked from here.
    Object.assign(dialog, {
      showMessageBox: (_window: unknown, { message }: { message: string }) => {
        asked.push(message);
        return Promise.resolve({
          response: (globalThis as unknown as { answer: number }).answer,
          checkboxChecked: false,
        });
      },
    });
  });
  const question = `May the workspace “${id}” read the clipboard?`;
  const asked = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  /** What the page gets, when the person answers like this should they be asked: 0 yes, 1 not now, 2 never. */
  const readWith = async (answer: 0 | 1 | 2): Promise<unknown> => {
    await app.evaluate(
      ({ webContents }, [host, given]) => {
        Object.assign(globalThis, { answer: given });
        webContents
          .getAllWebContents()
          .find((one) => one.getURL().includes(host))
          ?.focus();
      },
      [`${id}.localhost`, answer] as const,
    );
    await expect.poll(() => view.evaluate('document.hasFocus()')).toBe(true);
    return view.evaluate('navigator.clipboard.readText().catch((error) => error.name)');
  };
  expect(await readWith(1)).toBe('NotAllowedError');
  expect(await readWith(2)).toBe('NotAllowedError');
  expect(await asked()).toEqual([question, question]);
  expect(await readWith(0)).toBe('NotAllowedError');
  expect(await asked()).toHaveLength(2);

  await window.goto('app://guildnet/settings');
  await window.getByRole('button', { name: `Ask again for ${id}`, exact: true }).click();
  await expect(window.getByRole('region', { name: 'Reading the clipboard' })).toBeHidden();
  await window.getByRole('tab', { name: id }).click();
  expect(await readWith(0)).toBe('a secret');
  expect(await readWith(2)).toBe('a secret');
  expect(await asked()).toHaveLength(3);

  const notifyWith = async (answer: 0 | 2): Promise<unknown> => {
    await app.evaluate((_electron, given) => void Object.assign(globalThis, { answer: given }), answer);
    return view.evaluate('Notification.requestPermission()');
  };
  expect(await notifyWith(2)).toBe('denied');
  expect((await asked()).at(-1)).toBe(`May the workspace “${id}” show notifications?`);
  expect(await notifyWith(0)).toBe('denied');
  expect(await asked()).toHaveLength(4);
  await window.goto('app://guildnet/settings');
  await window.getByRole('button', { name: `Ask again for ${id}: notifications` }).click();
  await expect(window.getByRole('region', { name: 'Notifications' })).toBeHidden();
  await window.getByRole('tab', { name: id }).click();
  expect(await notifyWith(0)).toBe('granted');
  expect(await view.evaluate('Notification.permission')).toBe('granted');
  expect(await asked()).toHaveLength(5);

  // A click that a person makes leads to it, and one that the page makes up does not. Playwright runs what it evaluates as if a person had done it, the app does not.
  await window.goto('app://guildnet/settings');
  const hide = (): Promise<void> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((one) => one.hide()));
  const isVisible = (): Promise<boolean> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible()));
  await hide();
  const byItself = (code: string): Promise<unknown> =>
    app.evaluate(
      ({ webContents }, [host, run]) =>
        webContents
          .getAllWebContents()
          .find((one) => one.getURL().includes(host))
          ?.executeJavaScript(run),
      [`${id}.localhost`, code] as const,
    );
  await expect.poll(() => byItself('navigator.userActivation.isActive'), patient).toBe(false);
  const click = `new Notification('done').dispatchEvent(new Event('click'))`;
  await byItself(click);
  // What it would have told came before this answer.
  await byItself('0');
  expect(await isVisible()).toBe(false);
  expect(window.url()).toBe('app://guildnet/settings');
  await view.evaluate(click);
  await expect.poll(isVisible).toBe(true);
  await expect(window).toHaveURL(`app://guildnet/workspaces/${id}`);
});
