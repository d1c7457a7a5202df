import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { connectHost } from '#cli/client/host-client.ts';
import { trustingBrowser } from './fixtures/browser.ts';
import { presets } from './fixtures/cluster.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';

test('web: a browser that trusts the host but not its authority is told what to import, in place of a dead frame', async () => {
  await using web = await openWeb({ presets });
  await launchPreset(web.page, 'Echo');
  await expectRunning(web.page);
  // Where the authority is trusted nothing is said: the frame speaks.
  await expect(web.page.frameLocator('iframe[title^="IDE of"]').locator('body')).not.toBeEmpty();
  await expect(web.page.getByText('does not seem to trust')).toHaveCount(0);

  // The certificate of localhost alone, as after a person went on past the warning: workspaces have others.
  await using browser = await trustingBrowser(join(web.host.home, 'state', 'certs', 'server.crt'));
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  const { client } = await connectHost(web.host);
  await page.goto((await client.access.link()).url);
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Open / })
    .click();
  await expectRunning(page);
  await expect(page.getByText('does not seem to trust its certificate')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('guildnet cert trust')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'guildnet-ca.crt', exact: true }).click();
  expect((await download).suggestedFilename()).toBe('guildnet-ca.crt');
  expect(await (await download).failure()).toBeNull();
  await page.screenshot({ path: 'test-results/e2e/untrusted-authority.png' });
});
