import { expect, test } from '@playwright/test';
import { presets } from './fixtures/cluster.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';

test('web: a workspace is changed as YAML with the schema’s help, and its events are told', async () => {
  await using web = await openWeb({ presets });
  const { page } = web;
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await launchPreset(page, 'Echo');
  await expectRunning(page);

  await page.getByRole('link', { name: 'Events', exact: true }).click();
  const events = page.getByRole('list', { name: 'Events' });
  await expect(events.getByRole('listitem').filter({ hasText: 'Started' }).first()).toBeVisible({ timeout: 60_000 });
  // Of what is told the page says where the time of the start went.
  const start = page.getByRole('region', { name: 'Where the start time went' });
  await expect(start.getByRole('listitem').filter({ hasText: 'The program coming up' })).toBeVisible();
  await page.screenshot({ path: 'test-results/e2e/events.png' });

  await page.getByRole('link', { name: 'YAML', exact: true }).click();
  const editor = page.getByRole('textbox', { name: /^YAML of / });
  await expect(editor).toContainText('image:', { timeout: 30_000 });
  const [, id = ''] = /\/workspaces\/([^/]+)\//.exec(page.url()) ?? [];
  const save = page.getByRole('button', { name: 'Save' });
  const status = page.getByRole('status').filter({ hasText: /\S/ });
  await expect(save).toHaveAttribute('aria-disabled', 'true');

  // What is misspelt is said at once and not sent.
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  tttl: 12h');
  await expect(status.filter({ hasText: 'Unrecognized key: "tttl"' })).toBeVisible();
  await expect(save).toHaveAttribute('aria-disabled', 'true');

  // The schema's words for what is written, and what else there is.
  for (let keys = 0; keys < 'tttl: 12h'.length; keys += 1) await page.keyboard.press('Backspace');
  const fields = page.getByRole('complementary', { name: 'Fields' });
  await expect(fields.getByText('Fields of spec')).toBeVisible();
  await page.keyboard.type('tt');
  await page.getByRole('option', { name: /^ttl/ }).click();
  await page.keyboard.type('12h');
  await expect(
    fields.getByRole('paragraph').filter({ hasText: 'Delete the workspace this long after it was made' }),
  ).toBeVisible();
  await expect(status.filter({ hasText: 'Changed, not saved' })).toBeVisible();
  await page.screenshot({ path: 'test-results/e2e/yaml.png' });

  // Kept while something else is looked at, and over a page that is loaded anew.
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  await page.getByRole('link', { name: 'YAML', exact: true }).click();
  await expect(editor).toContainText('ttl: 12h', { timeout: 30_000 });
  await page.reload();
  await expect(editor).toContainText('ttl: 12h', { timeout: 30_000 });
  await expect(status.filter({ hasText: 'Changed, not saved' })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(status.filter({ hasText: 'Saved: spec.ttl' })).toBeVisible({ timeout: 30_000 });
  const ttlBy = (method: string, body?: string): Promise<unknown> =>
    page.evaluate(
      async ([path, ...asked]) => {
        const [way, text] = asked;
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(path, { method: way, headers, ...(text === undefined ? {} : { body: text }) });
        return [answer.status, JSON.stringify(await answer.json())];
      },
      [`/api/workspaces/${id}`, method, body] as [string, string, string | undefined],
    );
  expect(await ttlBy('GET')).toEqual([200, expect.stringContaining('"ttl":"12h"')]);

  // What needs another pod is asked about, and not done by itself.
  await editor.press('Control+End');
  await page.keyboard.type('  args: [one]');
  await save.click();
  const question = page.getByRole('alertdialog', { name: 'Save' });
  await expect(question).toContainText('spec.args', { timeout: 30_000 });
  await question.getByRole('button', { name: 'From the next start on' }).click();
  await expect(status.filter({ hasText: 'From the next start on: spec.args' })).toBeVisible({ timeout: 30_000 });

  // Somebody else changes the same meanwhile: nobody's change goes without a word.
  const theirs = await ttlBy('PATCH', '{"spec": {"ttl": "3h"}}');
  expect(theirs).toEqual([200, expect.stringContaining('"changed":["spec.ttl"]')]);
  await editor.press('Control+Home');
  await editor.getByText('12h').dblclick();
  await page.keyboard.type('4h');
  await save.click();
  await expect(question).toContainText('Somebody else has changed spec.ttl', { timeout: 30_000 });
  await question.getByRole('button', { name: 'Take theirs' }).click();
  await expect(editor).toContainText('ttl: 3h', { timeout: 30_000 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: 'test-results/e2e/yaml-dark.png' });
  expect(refused).toEqual([]);
});
