import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { openWeb } from './fixtures/web.ts';

/** Counts for as long as it runs, and tries to be more than text. */
const script = String.raw`echo '<img src=x onerror="window.fooled = true">'; printf 'ERROR it \033[31mbroke\033[0m\n'; n=0; while :; do n=$((n+1)); echo "tick $n"; sleep 0.1; done`;

async function ticks(page: Page): Promise<number[]> {
  const texts = await page
    .getByRole('log')
    .getByText(/^tick \d+$/)
    .allTextContents();
  return texts.map((text) => Number(text.slice('tick '.length)));
}

test('web: a log is followed, paused and gone on with, filtered and searched', async () => {
  await using web = await openWeb({});
  const { page, namespace } = web;
  await createWorkspace(namespace, 'counts', {
    image: localImages.shell,
    command: ['/bin/sh', '-c', script],
    probe: { kind: 'none' },
  });
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /counts/ })
    .click({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  const log = page.getByRole('log');
  await expect(log.getByText('<img src=x onerror="window.fooled = true">')).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => (await ticks(page)).length, { timeout: 30_000 }).toBeGreaterThan(5);

  await page.getByRole('button', { name: 'Pause' }).click();
  const seen = (await ticks(page)).length;
  await page.getByRole('button', { name: 'Follow' }).click();
  await expect.poll(async () => (await ticks(page)).length, { timeout: 30_000 }).toBeGreaterThan(seen + 5);
  const all = await ticks(page);
  expect(all).toEqual(all.map((_, index) => index + 1));

  await page.keyboard.press('/');
  await page.keyboard.type('TICK 2');
  await expect.poll(async () => (await ticks(page)).every((tick) => String(tick).startsWith('2'))).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByLabel('Level').selectOption('error');
  await expect(log.getByText('ERROR it broke')).toBeVisible({ timeout: 30_000 });
  expect(await ticks(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByLabel('Level').selectOption('');
  await expect.poll(async () => (await ticks(page)).length, { timeout: 30_000 }).toBeGreaterThan(1);
  await page.screenshot({ path: 'test-results/e2e/logs.png' });
  expect(await page.evaluate(() => 'fooled' in window)).toBe(false);

  await page.goto(`${new URL(web.host.url).origin}/workspaces/nobody/logs`);
  await expect(page.getByText('There is no workspace of this name.')).toBeVisible({ timeout: 30_000 });
});
