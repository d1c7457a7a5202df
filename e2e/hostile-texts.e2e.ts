import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import {
  hostile,
  hostileAnswers,
  hostileCluster,
  hostileHomes,
  hostileOnlineCluster,
  hostileServers,
} from './fixtures/hostile.ts';
import { tellWorld } from './fixtures/told-world.ts';
import { openWeb } from './fixtures/web.ts';

const begins = hostile.slice(0, 40);

/** What was sent is to be read, and neither ran, nor became an element, nor an address that runs. */
async function expectTextOnly(page: Page, what: string): Promise<void> {
  await expect(page.getByText(begins).first(), what).toBeVisible({ timeout: 30_000 });
  const found = await page.evaluate(() => {
    const became = Array.from(document.querySelectorAll('[data-hostile], [srcdoc], [onerror], [onload]'));
    const runs = Array.from(document.querySelectorAll('[href], [src], [action], [formaction]')).filter((element) =>
      ['href', 'src', 'action', 'formaction'].some((name) =>
        /^\s*(javascript|data):/i.test(element.getAttribute(name) ?? ''),
      ),
    );
    return {
      fooled: 'fooled' in window,
      elements: [...became, ...runs].map(({ outerHTML }) => outerHTML.slice(0, 200)),
    };
  });
  expect(found, what).toEqual({ fooled: false, elements: [] });
}

test('web: whatever a cluster, an image or another user says is text on every page', async () => {
  await using web = await openWeb({});
  const { page, host } = web;
  const { origin } = new URL(host.url);
  await tellWorld(page, { servers: hostileServers, homes: hostileHomes, cluster: hostileCluster });
  await page.context().route(
    ({ pathname }) => pathname.startsWith('/api/') && Object.keys(hostileAnswers).some((end) => pathname.endsWith(end)),
    (route) => {
      const { pathname } = new URL(route.request().url());
      const end = Object.keys(hostileAnswers).find((one) => pathname.endsWith(one)) ?? '';
      return route.fulfill({ json: hostileAnswers[end] });
    },
  );
  const alerts: string[] = [];
  const hear = (told: Page): void =>
    void told.on('dialog', (dialog) => {
      alerts.push(dialog.message());
      void dialog.dismiss();
    });
  hear(page);

  const name = encodeURIComponent(hostileServers[0]?.id ?? '');
  const places = ['/', '/launch', '/cluster', `/workspaces/${name}`, '/workspaces/hostile-1', '/workspaces/hostile-3'];
  const parts = [
    'hostile-2/ports',
    'hostile-2/events',
    'hostile-4/logs',
    'hostile-4/yaml',
    'hostile-3/sharing',
    `${name}/events`,
  ];
  const hostPages = ['/sharing', '/tailnet', '/activity', '/presets', '/settings', '/doctor'];
  for (const path of [
    ...places,
    ...hostPages,
    ...parts.map((part) => `/workspaces/${part}`),
    `/launch?image=${encodeURIComponent(hostile)}&from=link`,
  ])
    await test.step(path.slice(0, 40), async () => {
      await page.goto(`${origin}${path}`);
      await expectTextOnly(page, path);
    });

  await test.step('in what opens', async () => {
    await page.goto(origin);
    await page
      .getByRole('button', { name: /^Why: / })
      .first()
      .click();
    await expectTextOnly(page, 'an unfolded reason');
    await page.getByRole('button', { name: 'Delete', exact: true }).first().click();
    await expect(page.getByRole('alertdialog').getByText(begins)).toBeVisible();
    await expectTextOnly(page, 'a question');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByText(begins).first()).toBeVisible();
    await expectTextOnly(page, 'the commands');
  });
  await test.step('of a cluster that works: nodes, rights and images', async () => {
    const told = await page.context().newPage();
    hear(told);
    await tellWorld(told, { servers: [], homes: [], cluster: hostileOnlineCluster });
    await told.goto(`${origin}/cluster`);
    for (const part of ['Nodes of the cluster', 'Missing', 'Images of the local cluster'])
      await expect(told.getByRole('list', { name: part }).getByText(begins).first()).toBeVisible();
    await expectTextOnly(told, 'a cluster that works');
    await told.close();
  });
  expect(alerts).toEqual([]);
  expect(await page.title()).not.toContain('fooled\u0007');
});
