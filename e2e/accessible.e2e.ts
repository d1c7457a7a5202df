import { expect, type Page, test } from '@playwright/test';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { expectAccessible, looks, wear } from './fixtures/axe.ts';
import { presets } from './fixtures/cluster.ts';
import { everyPage } from './fixtures/every-page.ts';
import { everyState } from './fixtures/every-state.ts';
import { tellWorld } from './fixtures/told-world.ts';
import { openWeb } from './fixtures/web.ts';

const says = ['/bin/sh', '-c', 'echo begun; trap exit TERM; while :; do sleep 1; done'];

/** A desk at twice its size (WCAG 2.2, 1.4.10), and a narrow phone. */
const narrow = [
  { width: 640, height: 400 },
  { width: 360, height: 740 },
];

/** Nothing stands beyond the page's side, where nobody could scroll to. */
async function expectNothingCut(page: Page, what: string): Promise<void> {
  for (const viewport of narrow) {
    await page.setViewportSize(viewport);
    const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.soft.poll(beyond, { message: `${what}, ${String(viewport.width)} wide` }).toBeLessThanOrEqual(0);
  }
}

test('web: axe finds nothing on any page, in light and dark, on a desk and on a phone', async () => {
  test.setTimeout(1_200_000);
  await using web = await openWeb({ presets });
  const { page, host, namespace } = web;
  const { origin } = new URL(host.url);
  await createWorkspace(namespace, 'axe', { image: localImages.shell, command: says, probe: { kind: 'none' } });

  for (const { name, path, ready } of everyPage('axe'))
    await test.step(name, async () => {
      await page.goto(`${origin}${path}`);
      await ready(page);
      for (const look of looks) {
        await wear(page, look);
        await expectAccessible(page, `${name}, ${look.name}`);
      }
      await expectNothingCut(page, name);
    });

  await test.step('what is open for a moment', async () => {
    await page.goto(`${origin}/launch`);
    await page.getByRole('button', { name: 'Advanced' }).click();
    await page.getByRole('button', { name: 'Resources' }).click();
    await page.getByRole('button', { name: 'Program, place and end' }).click();
    await page.getByRole('button', { name: 'Add variable' }).click();
    await page.getByLabel('Name of variable 1').fill('1 is no name');
    await page.getByRole('button', { name: 'Launch', exact: true }).click();
    await expect(page.getByText('"1 is no name" cannot be')).toBeVisible();
    for (const look of looks) {
      await wear(page, look);
      await expectAccessible(page, `a form with mistakes, ${look.name}`);
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, `the commands, ${look.name}`);
      await page.keyboard.press('Escape');
    }
  });

  await test.step('a deletion that can be taken back', async () => {
    const told = await page.context().newPage();
    await told.route('**/api/servers/w-stopped', (route) =>
      route.fulfill({ json: { deleted: 'w-stopped', home: { id: 'w-stopped' } } }),
    );
    await tellWorld(
      told,
      everyState['phases'] ?? { servers: [], homes: [], cluster: { phase: 'none', local: { available: false } } },
    );
    await told.goto(origin);
    const row = told.getByRole('listitem').filter({ has: told.getByRole('link', { name: 'Open w-stopped' }) });
    await row.getByRole('button', { name: 'Delete' }).click();
    await told.getByRole('alertdialog').getByRole('button', { name: 'Delete workspace' }).click();
    // Held by the focus, it stays while it is looked at.
    await told.getByRole('button', { name: 'Undo: delete w-stopped' }).focus();
    for (const look of looks) {
      await wear(told, look);
      await expectAccessible(told, `a deletion that can be taken back, ${look.name}`);
    }
    await told.close();
  });

  // Each theme and each size once: what they show is made of what the pages above are made of.
  const [onDesk, , , onPhone] = looks;
  await test.step('every state of a workspace and of the cluster', async () => {
    for (const [name, world] of Object.entries(everyState)) {
      const told = await page.context().newPage();
      await tellWorld(told, world);
      await told.goto(origin);
      await expect(told.getByRole('heading', { name: 'Workspaces', level: 1 })).toBeVisible();
      for (const look of [onDesk, onPhone].filter((it) => it !== undefined)) {
        await wear(told, look);
        await expectAccessible(told, `${name}, ${look.name}`);
      }
      await told.close();
    }
  });
});
