import { expect, test } from '@playwright/test';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { openWeb } from './fixtures/web.ts';

test('web: presets are changed, settings say where they come from, the doctor what is wrong, and the activity who did what', async () => {
  await using web = await openWeb({});
  const { page, namespace } = web;
  const main = page.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: 'Host', exact: true }).click({ timeout: 60_000 });
  const settings = page.getByRole('list', { name: 'Settings' });
  await expect(settings.getByText('LISTEN_LOCAL')).toBeVisible({ timeout: 30_000 });

  const tabs = page.getByRole('navigation', { name: 'Host' });
  await tabs.getByRole('link', { name: 'Presets' }).click();
  await page.getByRole('button', { name: 'New preset' }).click();
  const form = page.getByRole('form', { name: 'New preset' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('A preset needs a label.')).toBeVisible();
  await form.getByLabel('Label').fill('My notes');
  await form.getByLabel('Image').fill('ghcr.io/me/notes:1');
  await form.getByLabel('Ports').fill('3000:web');
  await form.getByRole('button', { name: 'Save' }).click();
  const list = page.getByRole('list', { name: 'Presets' });
  const row = list.getByRole('listitem').filter({ hasText: 'My notes' });
  await expect(row.getByText('made here')).toBeVisible({ timeout: 30_000 });

  await row.getByRole('button', { name: 'Edit My notes' }).click();
  const editor = page.getByRole('form', { name: 'Edit My notes' });
  await expect(editor.getByLabel('Ports')).toHaveValue('3000:web');
  await editor.getByLabel('Image').fill('ghcr.io/me/notes:2');
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(row.getByText('ghcr.io/me/notes:2')).toBeVisible({ timeout: 30_000 });
  await page.screenshot({ path: 'test-results/e2e/presets.png' });

  // Offered at once where workspaces are launched.
  await main.getByRole('link', { name: 'Launch' }).click();
  await expect(page.getByRole('button', { name: 'Launch My notes' })).toBeVisible({ timeout: 30_000 });
  await page.goBack();
  await row.getByRole('button', { name: 'Remove My notes' }).click();
  await expect(row).toHaveCount(0, { timeout: 30_000 });

  await tabs.getByRole('link', { name: 'API' }).click();
  await page.getByLabel('Search the API').fill('patch presets');
  await expect(page.getByText('Nothing has these words.')).toBeVisible({ timeout: 30_000 });
  await page.getByLabel('Search the API').fill('put presets');
  await page.getByText('/api/presets/{label}').click();
  await expect(page.getByText('label: string').first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'API', exact: true })).toBeVisible({ timeout: 60_000 });

  await tabs.getByRole('link', { name: 'Doctor' }).click();
  const checks = page.getByRole('list', { name: 'Checks' });
  await expect(checks.getByRole('heading', { name: /^Cluster / })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('status').filter({ hasText: /wrong|better/ })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: 'test-results/e2e/doctor-phone.png' });
  const overflow = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);

  await tabs.getByRole('link', { name: 'Activity' }).click();
  const activity = page.getByRole('region', { name: 'Activity' });
  await expect(activity.getByRole('listitem').first()).toContainText('Remove a preset', { timeout: 30_000 });
  await expect(activity.getByRole('listitem').filter({ hasText: 'Make a preset' })).toHaveCount(1);
  await page.getByLabel('Decision').selectOption('Refused');
  await expect(activity.getByText('Nothing of the kind has been written down.')).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveURL(/\?decision=denied$/);
  await page.reload();
  await expect(page.getByLabel('Decision')).toHaveValue('denied', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Show everything' }).click({ timeout: 30_000 });
  await expect(activity.getByRole('listitem').first()).toContainText('Remove a preset', { timeout: 30_000 });
  // What cannot be read, or is refused after all, is said on the page, which goes on.
  await page.route('**/api/audit?*', (route) =>
    route.fulfill({ status: 403, json: { code: 'forbidden', message: 'No grant gives you the action admin.' } }),
  );
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('No grant gives you the action admin.', { timeout: 30_000 });
  await page.unroute('**/api/audit?*');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(activity.getByRole('listitem').first()).toContainText('Remove a preset', { timeout: 30_000 });

  await createWorkspace(namespace, 'shared', { image: localImages.echo, mode: 'Stopped' });
  await page.setViewportSize({ width: 1280, height: 800 });
  await main.getByRole('link', { name: 'Sharing' }).click();
  await page.getByRole('button', { name: 'Share a workspace' }).click({ timeout: 30_000 });
  const wish = page.getByRole('form', { name: 'Share a workspace' });
  await wish.getByLabel('With').fill('two people');
  await wish.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(wish.getByText('is nobody with whom a workspace could be shared')).toBeVisible();
  await wish.getByLabel('With').fill('anna@example.com');
  await wish.getByLabel('For').selectOption('an hour');
  await wish.getByRole('button', { name: 'Share', exact: true }).click();
  const share = page.getByRole('list', { name: 'Shares' }).getByRole('listitem');
  await expect(share).toContainText('anna@example.com may open it: shared', { timeout: 30_000 });
  await expect(share).toContainText(/for (?:59 min|1 h) more/);
  await expect(page.getByText('This host is on no tailnet')).toBeVisible();
  await share.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Nothing is shared.')).toBeVisible({ timeout: 30_000 });

  await main.getByRole('link', { name: 'Tailnet' }).click();
  await expect(page.getByRole('heading', { name: 'On no tailnet' })).toBeVisible({ timeout: 30_000 });
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow()).toBeLessThanOrEqual(0);
});
