import { expect, test } from '@playwright/test';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
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

test('desktop: windows of a workspace show its other ports', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  const { app, window, port } = desktop;
  await createHostileWorkspace(namespace, 'ports');
  await window.getByRole('link', { name: 'Open ports' }).click();
  await expectRunning(window);
  const view = await desktop.ide('ports');
  const page = `https://3000--ports.localhost:${String(port)}/say?b=<h1>other</h1>&h=content-type:text/html`;
  const opened = (): string[] =>
    app
      .windows()
      .map((one) => one.url())
      .filter((url) => url.startsWith('https://3000--'));

  for (const features of ['', 'noopener']) {
    await test.step(`window.open with "${features}"`, async () => {
      const open = `window.open(${JSON.stringify(page)}, '', ${JSON.stringify(features)})`;
      await view.evaluate(`document.addEventListener('click', () => { ${open} }, { once: true })`);
      await view.locator('#here').click();
      // Let in by the app, without a ticket in the address.
      await expect.poll(opened, { timeout: 20_000 }).toEqual([new URL(page).href]);
      const other = app.windows().find((one) => opened().includes(one.url()));
      expect(await other?.getByRole('heading').textContent()).toBe('other');
      await other?.close();
      await expect.poll(opened).toEqual([]);
    });
  }
});
