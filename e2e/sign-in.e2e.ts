import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { expectRunning } from './fixtures/ui.ts';
import { seenBy } from './fixtures/victim.ts';

const wanting = (realm: string): string =>
  `/say?status=401&h=${encodeURIComponent(`www-authenticate:Basic realm="${realm}"`)}`;

test('desktop: a workspace can ask for a name a few times, and what is typed goes to it alone', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  const { app, window, home } = desktop;
  await createHostileWorkspace(namespace, 'hostile');
  await window.getByRole('link', { name: 'Open hostile' }).click();
  await expectRunning(window);
  const view = await desktop.ide('hostile');
  await expect(view.locator('#here')).toBeVisible();

  // Eight realms, the first of them twice at once: requests that want the same share a question.
  const wanted = ['1', '1', '2', '3', '4', '5', '6', '7', '8'].map(wanting);
  await view.evaluate(
    `globalThis.answers = Promise.all(${JSON.stringify(wanted)}.map(async (url) => (await fetch(url)).status)); true`,
  );
  const questions = (): Page[] => app.windows().filter((page) => page.url().startsWith('app://sign-in/'));
  await expect.poll(() => questions().length).toBe(3);
  for (const question of questions())
    await expect(question.getByRole('heading', { name: 'Sign in to hostile' })).toBeVisible();

  const [typed, cancelled, escaped] = questions();
  await typed?.getByRole('textbox', { name: 'Name' }).fill('ada');
  await typed?.getByLabel('Password').fill('typed-by-a-person');
  await typed?.getByRole('button', { name: 'Sign in' }).click();
  await cancelled?.getByRole('button', { name: 'Cancel' }).click();
  // By the system's way: the test's browser tools type past the window.
  await app.evaluate(({ BrowserWindow }, url) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL() === url);
    window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
  }, escaped?.url());
  // Whatever is answered, the server says 401 again; there is no further question for it.
  expect(await view.evaluate('globalThis.answers')).toEqual(wanted.map(() => 401));
  await expect.poll(() => questions().length).toBe(0);

  const shown = `Basic ${Buffer.from('ada:typed-by-a-person').toString('base64')}`;
  expect((await seenBy(view)).filter(({ headers }) => headers['authorization'] === shown)).not.toEqual([]);
  const log = await readFile(join(home, 'logs', 'desktop.log'), 'utf8');
  for (const secret of ['typed-by-a-person', shown]) expect(log).not.toContain(secret);
});
