import { expect, test } from '@playwright/test';
import { presets } from './fixtures/cluster.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

test('web: a browser is let in by a link, comes to its workspaces in frame and tab, and is let out', async () => {
  await using web = await openWeb({ presets, env: {} });
  const { page, host, namespace } = web;
  // The address is clean, and the cookie is for no script.
  await expect(page).toHaveURL(`${host.url}/`);
  expect(await page.evaluate('document.cookie')).toBe('');

  await launchPreset(page, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);
  const frame = page.frameLocator(`iframe[title="IDE of ${id}"]`);
  await expect(frame.locator('body')).not.toBeEmpty();
  await expect(frame.locator('body')).not.toContainText('guildnet-ticket');

  const address = `https://${id}.localhost:${new URL(host.url).port}/a//b?c=%2F`;
  await test.step('an address that is typed leads there, by way of the session', async () => {
    const tab = await page.context().newPage();
    await tab.goto(address);
    await expect(tab).toHaveURL(address);
    expect(await tab.evaluate('document.cookie')).toBe('');
    await tab.close();
  });

  await test.step('a download that is started in the frame arrives, with the session of a tab', async () => {
    const shown = page.frames().find((one) => new URL(one.url()).hostname === `${id}.localhost`);
    if (shown === undefined) throw new Error('The workspace is in no frame.');
    const download = page.waitForEvent('download');
    await shown.evaluate(`{
      const link = Object.assign(document.createElement('a'), { href: '/bytes/1000', download: 'bytes.bin' });
      document.body.append(link);
      link.click();
    }`);
    expect(await (await download).failure()).toBeNull();
  });

  await test.step('a browser that nobody let in is told how to come in', async () => {
    const browser = page.context().browser();
    if (browser === null) throw new Error('The page has no browser.');
    const stranger = await browser.newContext();
    const tab = await stranger.newPage();
    for (const target of [host.url, host.link, address]) {
      await tab.goto(target);
      await expect(tab.locator('body')).toContainText('guildnet open');
      expect(new URL(tab.url()).hostname).toBe('localhost');
    }
    await stranger.close();
  });

  await test.step('signing out says so and takes nothing that was typed', async () => {
    await page
      .getByRole('link', { name: /^Launch/ })
      .first()
      .click();
    await page.getByLabel('Image').fill('ghcr.io/owner/half-typed');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('region', { name: 'Connection' })).toContainText('You are not signed in');
    await expect(page.getByLabel('Image')).toHaveValue('ghcr.io/owner/half-typed');
    const tab = await page.context().newPage();
    await tab.goto(address);
    await expect(tab.locator('body')).toContainText('guildnet open');
  });
});
