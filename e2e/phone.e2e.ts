import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { connectHost } from '#cli/client/host-client.ts';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { presets } from './fixtures/cluster.ts';
import { openWeb } from './fixtures/web.ts';

const sleeps = ['/bin/sh', '-c', 'trap exit TERM; while :; do sleep 1; done'];
const patience = { timeout: 60_000 };
const long = 'notebook-with-quite-a-long-name-1a2b3';

/** Nothing is wider than the page, which has no way to scroll there. */
async function expectFits(page: Page, what: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return Array.from(document.querySelectorAll('main *, nav *'))
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        return width > 1 && right > window.innerWidth + 1 && !scrolls(element.parentElement);
      })
      .map((element) => element.outerHTML.slice(0, 120));
  });
  expect(wide, what).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), what).toBeLessThanOrEqual(
    0,
  );
}

/** Whether the whole text is seen: no letter of it is cut off. */
const isWhole = (text: Locator): Promise<boolean> =>
  text.evaluate((element) => element.scrollWidth <= element.clientWidth + 1);

for (const viewport of [
  { width: 390, height: 844 },
  { width: 360, height: 640 },
]) {
  const size = `${String(viewport.width)}x${String(viewport.height)}`;
  test(`web: a phone of ${size} reads the list, gets everywhere, and works in a terminal`, async () => {
    test.setTimeout(300_000);
    await using web = await openWeb({ presets });
    await createWorkspace(web.namespace, long, { image: localImages.shell, command: sleeps, probe: { kind: 'none' } });
    const browser = web.page.context().browser();
    if (browser === null) throw new Error('The page has no browser.');
    const context = await browser.newContext({ viewport, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
    const page = await context.newPage();
    const { client } = await connectHost(web.host);
    await page.goto((await client.access.link()).url);

    const row = page.getByRole('list', { name: 'Workspaces' }).getByRole('listitem');
    const name = row.getByRole('link', { name: long, exact: true });
    await expect(name).toBeVisible(patience);
    expect(await isWhole(name)).toBe(true);
    await expect(row.getByText('Running')).toBeVisible(patience);
    for (const button of ['Open', 'Stop', 'Delete'])
      await expect(
        row.getByRole(button === 'Open' ? 'link' : 'button', { name: new RegExp(`^${button}`) }),
      ).toBeInViewport();
    await expectFits(page, 'the list');
    await page.screenshot({ path: `test-results/e2e/phone-${size}-list.png` });

    const menu = page.getByRole('button', { name: 'Menu' });
    const nav = page.getByRole('navigation', { name: 'Main' });
    await expect(nav).toHaveCount(0);
    for (const [link, heading] of [
      ['Launch', 'Launch a workspace'],
      ['Cluster', 'Cluster'],
      ['Host', 'Settings'],
    ] as const) {
      await menu.click();
      await nav.getByRole('link', { name: new RegExp(`^${link}`) }).click();
      await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible(patience);
      await expect(nav).toHaveCount(0);
      await expectFits(page, heading);
    }
    for (const tab of ['Presets', 'Doctor', 'API']) {
      await page.getByRole('navigation', { name: 'Host' }).getByRole('link', { name: tab }).click();
      await expect(page.getByRole('heading', { name: tab, exact: true, level: 1 })).toBeVisible(patience);
      await expectFits(page, tab);
    }
    await menu.click();
    await page.keyboard.press('Escape');
    await expect(nav).toHaveCount(0);
    await expect(menu).toBeFocused();

    await menu.click();
    await nav.getByRole('link', { name: long }).click();
    await page.getByRole('link', { name: 'Terminal', exact: true }).click();
    await expect(page.locator('[role=tabpanel][data-state=live]')).toHaveCount(1, patience);
    for (const label of ['Logs', 'Ports', 'Back to it'])
      await expect(page.getByRole('link', { name: label, exact: true })).toBeInViewport();
    await expectFits(page, 'the terminal');
    const rows = page.locator('.xterm-rows');
    await page.locator('[role=tabpanel] textarea').focus();
    await page.keyboard.type(`${' '.repeat(12)}echo "sum $((40 + 2))"; cat`);
    await page.keyboard.press('Enter');
    await expect(rows).toContainText('sum 42', patience);
    // What a screen's keyboard has not: Ctrl and a letter end the program, and the arrow brings the line back.
    const keys = page.getByRole('toolbar', { name: 'Keys' });
    await keys.getByRole('button', { name: 'Ctrl' }).click();
    await page.keyboard.type('c');
    await expect(rows).toContainText('^C', patience);
    await keys.getByRole('button', { name: 'Up', exact: true }).click();
    await expect.poll(async () => ((await rows.textContent()) ?? '').split('sum $((40 + 2))').length, patience).toBe(3);
    await page.screenshot({ path: `test-results/e2e/phone-${size}-terminal.png` });

    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    await expect(page.getByRole('toolbar', { name: 'Log' })).toBeVisible(patience);
    await expectFits(page, 'the log');
    await page.getByRole('link', { name: 'Ports', exact: true }).click();
    await expectFits(page, 'the ports');
    for (const view of ['Events', 'YAML']) {
      await page.getByRole('link', { name: view, exact: true }).click();
      await expect(page.getByRole('region', { name: view, exact: true })).toBeVisible(patience);
      await expectFits(page, view);
    }
    await expect(page.getByRole('textbox', { name: /^YAML of / })).toContainText('image:', patience);
    await expectFits(page, 'the editor');
    await page.screenshot({ path: `test-results/e2e/phone-${size}-yaml.png` });
  });
}
