import { expect, test } from '@playwright/test';
import { localImages } from '#local-cluster/images.ts';
import { claims, podUids } from './fixtures/cluster.ts';
import { deleteWorkspace, expectRunning, launchPreset, status } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

const presets = [
  { label: 'With a home', image: localImages.echo, home: { mountPath: '/home/workspace', size: '100Mi' } },
];

test('web: stopped, started, restarted, deleted and restored, a workspace keeps its home until that is deleted', async () => {
  await using web = await openWeb({ presets });
  const { page, namespace } = web;

  await launchPreset(page, 'With a home');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);
  const [first] = await claims(namespace);
  expect(first).toMatchObject({ name: `${id}-home` });

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(status(page)).toHaveText('Stopped', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expectRunning(page);

  const before = await podUids(namespace);
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect
    .poll(async () => (await podUids(namespace)).every((uid) => !before.includes(uid)), { timeout: 60_000 })
    .toBe(true);
  await expectRunning(page);

  await deleteWorkspace(page);
  const kept = page.getByRole('region', { name: 'Kept homes' });
  await expect(kept.getByText(id)).toBeVisible({ timeout: 60_000 });
  await expect(kept.getByText(/deleted in 6 d/)).toBeVisible();
  await kept.getByRole('button', { name: `Restore ${id}` }).click();
  await expectRunning(page);
  expect(await claims(namespace)).toEqual([first]);

  await test.step('a deletion is taken back by a key or a button, and not offered to be once it is back by another way', async () => {
    const offer = page.getByRole('button', { name: `Undo: delete ${id}` });
    await deleteWorkspace(page);
    await expect(page.getByRole('status').filter({ hasText: `${id} is deleted; its home is kept.` })).toHaveCount(1);
    await expect(offer).toBeVisible();
    // At once: it comes back as soon as it is gone.
    await page.keyboard.press('Control+z');
    await expect(offer).toBeHidden({ timeout: 60_000 });
    await page.getByRole('link', { name: `Open ${id}` }).click();
    await expectRunning(page);

    await page.goto(new URL('/', page.url()).href);
    await page.getByLabel(`Select ${id}`).click();
    await page.getByRole('button', { name: 'Delete 1', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete workspaces' }).click();
    await offer.focus();
    await expect(kept.getByText(id)).toBeVisible({ timeout: 60_000 });
    await page.evaluate(async (id) => fetch(`/api/workspaces/${id}/restore`, { method: 'POST' }), id);
    await expect(page.getByRole('link', { name: `Open ${id}` })).toBeVisible({ timeout: 60_000 });
    await expect(offer).toBeHidden();
    await page.getByRole('link', { name: `Open ${id}` }).click();
    await expectRunning(page);
    expect(await claims(namespace)).toEqual([first]);
  });

  await deleteWorkspace(page);
  await kept.getByRole('button', { name: 'Delete for good' }).click({ timeout: 60_000 });
  const dialog = page.getByRole('alertdialog', { name: 'Delete this home for good?' });
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(kept).toBeHidden({ timeout: 60_000 });
  await expect.poll(() => claims(namespace), { timeout: 60_000 }).toEqual([]);
});
