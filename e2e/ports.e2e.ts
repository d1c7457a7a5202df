import { expect, test } from '@playwright/test';
import { presets } from './fixtures/cluster.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

test('web: every port of a workspace has an address, listed on its page, which a browser trusts and finds', async () => {
  await using web = await openWeb({ presets });
  const { page, host, namespace } = web;
  await launchPreset(page, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);

  const { port } = new URL(host.url);
  const ports = page.getByRole('list', { name: 'Other ports' });
  await expect(ports.getByRole('link')).toHaveText([':8443 https']);
  await expect(ports.getByRole('link')).toHaveAttribute('href', `https://8443--${id}.localhost:${port}/`);

  // Nothing listens on that one; on the other the echo does, and the browser has a page of another origin.
  const link = page.context().waitForEvent('page');
  await ports.getByRole('link').click();
  const opened = await link;
  await expect(opened.getByText('Nothing listens on port 8443')).toBeVisible();
  const answer = await opened.goto(`https://8080--${id}.localhost:${port}/x//y?z`);
  expect(await answer?.json()).toMatchObject({ url: '/x//y?z', host: `8080--${id}.localhost:${port}` });
  expect(await opened.evaluate(() => [location.origin, isSecureContext])).toEqual([
    `https://8080--${id}.localhost:${port}`,
    true,
  ]);
});
