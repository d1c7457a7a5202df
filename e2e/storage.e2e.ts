import { type Page, expect, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { expectRunning, frameOf } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';

const id = 'stores';
const note = (page: Page) => page.getByText('lets no page inside another one store anything');

/** Storage as an application uses it: what it kept, or the name of the error that it dies with. */
const keep = `(() => { try { localStorage.setItem('kept', 'yes'); return localStorage.getItem('kept'); } catch (error) { return error.name; } })()`;

async function openFrame(page: Page) {
  await page.getByRole('link', { name: `Open ${id}` }).click();
  await expectRunning(page);
  const frame = await frameOf(page, id);
  await expect(frame.locator('#here')).toBeVisible();
  return frame;
}

test('where the browser keeps storage from frames, the UI says so and a tab has it', async () => {
  await using web = await openWeb({ storageInFrames: false });
  const { page, namespace } = web;
  await createHostileWorkspace(namespace, id);
  const frame = await openFrame(page);
  expect(await frame.evaluate(keep)).toBe('SecurityError');
  await expect(note(page)).toBeVisible();

  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Open it in a tab' }).click();
  const tab = await opening;
  await expect(tab.locator('#here')).toBeVisible();
  expect(await tab.evaluate(keep)).toBe('yes');

  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(note(page)).toBeHidden();
});

test('where frames have storage, nothing is said', async () => {
  await using web = await openWeb({});
  const { page, namespace } = web;
  await createHostileWorkspace(namespace, id);
  const frame = await openFrame(page);
  expect(await frame.evaluate(keep)).toBe('yes');
  // The frame that looks goes when it has spoken.
  await expect(page.getByTitle('Storage check')).toHaveCount(0);
  await expect(note(page)).toBeHidden();
});
