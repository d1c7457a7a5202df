import { expect, test } from '@playwright/test';
import type { Server } from '#contract/server.ts';
import { presets } from './fixtures/cluster.ts';
import { openWeb } from './fixtures/web.ts';

const many = 5_000;
const manyWritten = '5,000';
const reason = `The image could not be pulled. ${'It was tried again and again. '.repeat(40)}`;
const servers: Server[] = Array.from({ length: many }, (_, place): Server => {
  const name = `w-${String(place).padStart(4, '0')}`;
  const isFailed = place % 100 === 0;
  return {
    id: name,
    name,
    image: 'example.org/a:1',
    owner: place % 2 === 0 ? 'local:ada' : 'user:bob@example.com',
    status: isFailed ? 'failed' : 'running',
    phase: isFailed ? 'Failed' : 'Running',
    created_at: new Date(Date.UTC(2026, 0, 1) - place * 1_000).toISOString(),
    ...(isFailed ? { failure: { reason: 'ImagePullFailed', message: reason } } : {}),
  };
});

test('web: five thousand workspaces are a list that scrolls, filters and folds', async () => {
  await using web = await openWeb({ presets });
  const { page } = web;
  // A cluster of five thousand workspaces is not for a test: the world's stream says that there are so many, and stays open as long as it may.
  const world = { type: 'snapshot', servers, homes: [], cluster: { phase: 'online', local: { available: false } } };
  await page.route('**/api/watch', (route) =>
    route.fulfill({
      status: 200,
      contentType: 'text/event-stream',
      body: `event: message\ndata: ${JSON.stringify(world)}\n\n`,
    }),
  );
  await page.reload();
  const list = page.getByRole('list', { name: 'Workspaces' });
  const rows = list.getByRole('listitem');
  await expect(rows.first()).toContainText('w-0000');
  await expect(page.getByText(`${manyWritten} workspaces`)).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(many));

  await test.step('a long reason is a line until it is asked for', async () => {
    const height = async (): Promise<number> => (await rows.first().boundingBox())?.height ?? 0;
    const folded = await height();
    expect(folded).toBeLessThan(140);
    await page.getByRole('button', { name: 'Why: w-0000' }).click();
    await expect.poll(height).toBeGreaterThan(folded + 40);
  });

  await test.step('the end is reached by scrolling', async () => {
    await page.locator('[data-scrolls]').evaluate((element) => (element.scrollTop = element.scrollHeight));
    await expect(list.getByRole('link', { name: 'Open w-4999' })).toBeVisible();
    await page.locator('[data-scrolls]').evaluate((element) => (element.scrollTop = 0));
  });

  await test.step('words, phases and orders', async () => {
    await page.getByLabel('Filter').fill('bob w-49');
    await expect(page.getByText(`50 of ${manyWritten}`)).toBeVisible();
    await page.getByLabel('Filter').fill('');
    await page.getByLabel('Phase').selectOption('failed');
    await expect(page.getByText(`50 of ${manyWritten}`)).toBeVisible();
    await page.getByLabel('Order').selectOption('oldest');
    await expect(rows.first()).toContainText('w-4900');
  });

  await test.step('some are selected at once', async () => {
    await page.getByLabel('Order').selectOption('newest');
    await page.getByLabel('Select w-0000').click();
    await page.getByLabel('Select w-0300').click({ modifiers: ['Shift'] });
    const bar = page.getByRole('toolbar', { name: 'Selected workspaces' });
    await expect(bar).toContainText('4 selected');
    await expect(bar.getByRole('button', { name: 'Stop 4' })).toBeEnabled();
    await expect(bar.getByRole('button', { name: 'Start 0' })).toBeDisabled();
  });
});
