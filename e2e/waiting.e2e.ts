import { expect, test } from '@playwright/test';
import { presets } from './fixtures/cluster.ts';
import { expectRunning, launchPreset, status } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import type { Web } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

const patience = { timeout: 60_000 };

/** Launches the echo and stops it again; its address. */
async function stopped({ page, host, namespace }: Web): Promise<string> {
  await launchPreset(page, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(status(page)).toHaveText('Stopped', patience);
  return `https://${id}.localhost:${new URL(host.url).port}/look?a=%2F`;
}

test('web: a page that waits for a stopped workspace says so, and becomes the workspace when that is started', async () => {
  await using web = await openWeb({ presets, env: { GUILDNET_WAKE: 'off' } });
  const { page } = web;
  const address = await stopped(web);
  const tab = await page.context().newPage();
  const answer = await tab.goto(address);
  expect([answer?.status(), answer?.headers()['retry-after']]).toEqual([503, '5']);
  await expect(tab.getByRole('heading', { name: 'The workspace is stopped' })).toBeVisible();
  await expect(tab.getByRole('link', { name: 'Start it' })).toBeHidden();

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expectRunning(page);
  await expect(tab.locator('pre')).toContainText('"url":"/look?a=%2F"', patience);
  expect(tab.url()).toBe(address);
});

test('web: opening a stopped workspace starts it', async () => {
  await using web = await openWeb({ presets });
  const { page } = web;
  const address = await stopped(web);
  const tab = await page.context().newPage();
  await tab.goto(address, patience);
  await expect(tab.locator('pre')).toContainText('"url":"/look?a=%2F"', patience);
  await expect(status(page)).toHaveText('Running', patience);
});

test('web: while the pod of an open workspace is replaced a small mark says so, and then that what ran in it has ended', async () => {
  await using web = await openWeb({ presets });
  const { page, namespace } = web;
  await launchPreset(page, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);
  const renewed = page.getByText('The workspace was started anew');
  await expect(renewed).toBeHidden();
  const pods = { namespace: namespace.name, labelSelector: `guildnet.io/id=${id}` };
  const { items } = await namespace.core.listNamespacedPod(pods);
  const name = items[0]?.metadata?.name ?? '';
  await namespace.core.deleteNamespacedPod({ namespace: namespace.name, name, gracePeriodSeconds: 0 });
  await expect(page.getByTestId('reconnecting')).toBeVisible(patience);
  await expect(renewed).toBeVisible(patience);
  await expect(page.getByTestId('reconnecting')).toBeHidden();
  await page.getByRole('alert').getByRole('button', { name: 'Reload', exact: true }).click();
  await expect(renewed).toBeHidden();
});
