import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { typedLead } from '#test/terminal/typed-lead.ts';
import { testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { openWeb } from './fixtures/web.ts';

const sleeps = ['/bin/sh', '-c', 'trap exit TERM; while :; do sleep 1; done'];
const patience = { timeout: 60_000 };

/** The rows of the terminal that is shown; it draws them as text. */
const rows = (page: Page) => page.locator('[role=tabpanel]:not(.invisible) .xterm-rows');

async function type(page: Page, text: string): Promise<void> {
  await page.locator('[role=tabpanel]:not(.invisible) textarea').focus();
  await page.keyboard.type(`${typedLead}${text}`);
  await page.keyboard.press('Enter');
}

test('web: shells in tabs, which outlive the page, with search, and within the policy of the page', async () => {
  test.setTimeout(240_000);
  await using web = await openWeb({});
  const { page, namespace } = web;
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) violations.push(message.text());
  });
  await createWorkspace(namespace, 'box', { image: localImages.shell, command: sleeps, probe: { kind: 'none' } });
  await createWorkspace(namespace, 'bare', { image: localImages.pause, probe: { kind: 'none' } });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /box/ }).click(patience);
  await expect(page.getByText('Running').first()).toBeVisible(patience);
  await page.getByRole('link', { name: 'Terminal', exact: true }).click();
  await expect(page.locator('[role=tabpanel][data-state=live]')).toHaveCount(1, patience);

  // True colours and a wide character are styles and elements of their own.
  await type(page, String.raw`printf '\033[38;2;200;30;90mrose\033[0m \344\275\240\n'; echo "sum $((40 + 2))"`);
  await expect(rows(page)).toContainText('sum 42', patience);
  await expect(rows(page)).toContainText('rose');
  const rose = rows(page).locator('span', { hasText: /^rose$/ });
  expect(await rose.evaluate((element) => getComputedStyle(element).color)).not.toBe(
    await rows(page).evaluate((element) => getComputedStyle(element).color),
  );

  // A second one, apart from the first.
  await page.getByRole('button', { name: 'New terminal' }).click();
  await expect(page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab')).toHaveCount(2);
  await expect(page.locator('[role=tabpanel][data-state=live]')).toHaveCount(2, patience);
  await type(page, 'echo "second $((40 + 3))"');
  await expect(rows(page)).toContainText('second 43', patience);
  await expect(rows(page)).not.toContainText('sum 42');

  // They are there again after a reload, with what they have shown.
  await page.reload();
  await expect(page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab')).toHaveCount(2, patience);
  await expect(rows(page)).toContainText('second 43', patience);
  await page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab').first().click();
  await expect(rows(page)).toContainText('sum 42', patience);

  // Searched, also where it has scrolled away.
  await type(page, 'seq 1 300');
  await expect(rows(page)).toContainText('300', patience);
  await page.keyboard.press('Control+Shift+F');
  await page.getByRole('searchbox', { name: 'Search the terminal' }).fill('sum 42');
  await expect(rows(page)).toContainText('sum 42');
  await page.getByRole('searchbox', { name: 'Search the terminal' }).fill('nothing like it');
  await expect(page.getByText('Not found')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.screenshot({ path: 'test-results/e2e/terminal.png' });

  // The shell has Tab, and one key leads out of it; back is where it was left.
  const commands = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.press('Control+Alt+g');
  await expect(commands.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(commands).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Terminal input' }).and(page.locator(':focus'))).toHaveCount(1);

  // A line is copied, pasted lines are run, and a link opens another page.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = `${new URL(web.host.url).origin}/healthz`;
  await type(page, `clear; echo "see ${link} $((40 + 4))"`);
  const line = rows(page).locator('div', { hasText: `see ${link} 44` });
  await expect(line).toHaveCount(1, patience);
  const { x, y } = (await line.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.click(x + 4, y + 8, { clickCount: 3 });
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), patience).toBe(`see ${link} 44`);
  await page.evaluate(
    (text) => navigator.clipboard.writeText(text),
    `${typedLead}echo "one $((40 + 5))"\necho "two $((40 + 6))"\n`,
  );
  await page.keyboard.press('Control+Shift+V');
  await expect(rows(page)).toContainText('one 45', patience);
  await expect(rows(page)).toContainText('two 46', patience);
  await page.mouse.move(x + 60, y + 8);
  // What is under the pointer is a link once that is known.
  await expect(page.locator('[role=tabpanel]:not(.invisible) .xterm-cursor-pointer')).toHaveCount(1, patience);
  const [opened] = await Promise.all([page.context().waitForEvent('page'), page.mouse.click(x + 60, y + 8)]);
  await expect.poll(() => opened.url(), patience).toBe(link);
  await opened.close();

  // The size is the window's.
  await page.setViewportSize({ width: 700, height: 500 });
  await type(page, 'echo "columns $(stty size | cut -d" " -f2)"');
  await expect.poll(async () => (await rows(page).textContent()) ?? '', patience).toMatch(/columns (?:[3-9]\d)\b/);

  await type(page, 'exit 3');
  await expect(page.getByText('The shell has ended with 3.')).toBeVisible(patience);
  expect(violations).toEqual([]);

  // An editor's whole screen, for the eye.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Open another' }).click();
  await expect(page.locator('[role=tabpanel]:not(.invisible)[data-state=live]')).toHaveCount(1, patience);
  await type(page, 'seq 1 200 > /tmp/numbers; vi /tmp/numbers');
  // Its last line, which nobody types.
  await expect(rows(page)).toContainText('1/200', patience);
  await page.screenshot({ path: 'test-results/e2e/terminal-vi.png' });

  await page.goto(`${new URL(web.host.url).origin}/workspaces/bare/terminal`);
  await expect(page.getByText('The image of the workspace bare has no shell.')).toBeVisible(patience);
});

test('desktop: a shell by calls over the message port, which is there again after a reload', async () => {
  test.setTimeout(240_000);
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name });
  const { window } = desktop;
  await createWorkspace(namespace, 'box', { image: localImages.shell, command: sleeps, probe: { kind: 'none' } });
  await window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /box/ }).click(patience);
  await expect(window.getByText('Running').first()).toBeVisible(patience);
  await window.getByRole('link', { name: 'Terminal', exact: true }).click();
  await expect(window.locator('[role=tabpanel][data-state=live]')).toHaveCount(1, patience);
  await type(window, 'echo "sum $((40 + 2))"');
  await expect(rows(window)).toContainText('sum 42', patience);
  // More than is sent ahead of what was taken.
  await type(window, 'seq 1 100000; echo "end $((40 + 3))"');
  await expect(rows(window)).toContainText('end 43', { timeout: 120_000 });
  await window.reload();
  await expect(rows(window)).toContainText('end 43', patience);
  await type(window, 'exit');
  await expect(window.getByText('The shell has ended.')).toBeVisible(patience);
  expect(await desktop.quit()).toEqual([]);
});
