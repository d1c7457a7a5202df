import { createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { chooseFreePorts } from '#local-cluster/free-port.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { brokenLine } from '#test/host/broken-line.ts';
import { presets, testKubeconfig } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { clusterWord, expectRunning, launchPreset, status } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';

const missingImage = 'guildnet.local/no-such-image:1';

test('an image that cannot be pulled shows that reason', async () => {
  await using web = await openWeb({ presets: [{ label: 'Missing', image: missingImage }] });
  const { page } = web;
  await launchPreset(page, 'Missing');
  await expect(status(page)).toHaveText('Failed', { timeout: 60_000 });
  await expect(page.getByText(/pull/i).first()).toBeVisible();
  await expect(page.getByText(missingImage).first()).toBeVisible();
});

test('the API server goes away and comes back, and the app works on without a restart', async () => {
  await using cleanUp = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-line-'));
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  // The cluster is other tests', too; what happens where the process itself is killed is shown in the integration tests.
  const line = cleanUp.use(await brokenLine(testKubeconfig(), folder));
  const { page } = cleanUp.use(await openWeb({ presets, kubeconfigPath: line.kubeconfigPath }));
  await expect(clusterWord(page)).toContainText(/online/i, { timeout: 30_000 });

  await page.getByRole('link', { name: 'Launch' }).first().click();
  const image = page.getByLabel('Image', { exact: true });
  await image.fill('ghcr.io/me/typed-before:1');
  await page.keyboard.press('Control+k');
  const words = page.getByRole('dialog').getByRole('combobox');
  await words.fill('what I was looking for');

  await line.cut();
  await expect(page.getByText('The cluster does not answer').first()).toBeAttached({ timeout: 30_000 });
  await line.mend();
  await expect(page.getByText('The cluster does not answer')).toHaveCount(0, { timeout: 60_000 });
  // What was open is open, and what was typed stands there.
  await expect(words).toHaveValue('what I was looking for');
  await page.keyboard.press('Escape');
  await expect(image).toHaveValue('ghcr.io/me/typed-before:1');
  await expect(clusterWord(page)).toContainText(/online/i, { timeout: 60_000 });
  await launchPreset(page, 'Echo');
  await expectRunning(page);
});

test('a port that is taken is told, with what to do', async () => {
  const [port] = await chooseFreePorts(1);
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  try {
    await expect(startHeadlessHost({ listen: `127.0.0.1:${port}` })).rejects.toThrow(
      new RegExp(`ended with 1:[^]*address_in_use[^]*${port}`),
    );
  } finally {
    other.close();
    await once(other, 'close');
  }
});

test('without a cluster the desktop says so, and what to do', async () => {
  await using desktop = await startDesktop({ presets });
  await expect(desktop.window.getByText(/no cluster/i).first()).toBeVisible();
  await expect(desktop.window.getByText(/KUBECONFIG|local cluster/i).first()).toBeVisible();
});

test('a window whose page crashes twice in a row says so, and comes back on a click', async () => {
  await using desktop = await startDesktop({ presets });
  const { app } = desktop;
  // Asked of the process itself: for the test's browser tools a page that has crashed stays crashed.
  const title = (): Promise<string | undefined> =>
    app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return contents?.isCrashed() === false && !contents.isLoading() ? contents.getTitle() : 'not there';
    });
  const crash = async (): Promise<void> => {
    await expect.poll(title).toMatch(/ — GuildNet$/);
    await app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('render-process-gone', () => resolve());
          contents?.forcefullyCrashRenderer();
        }),
    );
  };
  await crash();
  await crash();
  await expect.poll(title).toBe('GuildNet’s page has crashed');
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.querySelector('a').click()"),
  );
  await expect.poll(title).toMatch(/ — GuildNet$/);
});
