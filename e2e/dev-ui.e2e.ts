import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createServer } from 'vite';
import { uiConfig } from '../ui.config.ts';
import { openWeb } from './fixtures/web.ts';

/** Where the sidebar's source names a link. */
const label = 'label={t().frame.launch}';

test('web: the UI from its sources, and what is saved is seen without a reload of the page', async () => {
  await using cleanUp = new AsyncDisposableStack();
  // A copy, because the test writes into it.
  const copy = await mkdtemp(join(tmpdir(), 'guildnet-ui-'));
  cleanUp.defer(() => rm(copy, { recursive: true, force: true }));
  for (const name of ['contract', 'renderer'])
    await cp(join('src', name), join(copy, 'src', name), { recursive: true });
  await cp('package.json', join(copy, 'package.json'));
  await symlink(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  const vite = await createServer({
    ...uiConfig,
    configFile: false,
    logLevel: 'error',
    root: join(copy, 'src', 'renderer'),
    cacheDir: join(copy, 'cache'),
    server: { host: 'localhost', port: 0, fs: { strict: false }, watch: { usePolling: true, interval: 200 } },
  });
  cleanUp.defer(() => vite.close());
  await vite.listen();

  const web = cleanUp.use(await openWeb({ env: { UI_DEV_ORIGIN: vite.resolvedUrls?.local[0] ?? '' } }));
  const { page } = web;
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const nav = page.getByRole('navigation', { name: 'Main' });
  // The first time, all modules are made.
  await expect(nav.getByRole('link', { name: 'Launch' })).toBeVisible({ timeout: 180_000 });
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  const source = join(copy, 'src', 'renderer', 'shell', 'sidebar.tsx');
  const text = await readFile(source, 'utf8');
  expect(text).toContain(label);
  await writeFile(source, text.replace(label, 'label="Start one"'));
  await expect(nav.getByRole('link', { name: 'Start one' })).toBeVisible({ timeout: 120_000 });
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
  expect(problems.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
});
