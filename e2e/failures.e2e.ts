import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { startHeadlessHost } from '#test/headless-host.ts';
import { testCluster } from '#test/test-cluster.ts';
import { trustingBrowser } from './fixtures/browser.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { freePort, startDesktop } from './fixtures/desktop.ts';
import { clusterWord, expectRunning, launchPreset, status } from './fixtures/ui.ts';

const missingImage = 'guildnet.local/no-such-image:1';

test('an image that cannot be pulled shows that reason', async () => {
  await using namespace = await testNamespace();
  await using host = await startHeadlessHost({
    kubeconfigPath: testKubeconfig(),
    namespace: namespace.name,
    presets: [{ label: 'Missing', image: missingImage }],
    args: ['--ui', 'out/renderer'],
  });
  await using browser = await trustingBrowser(host.caFile);
  const page = await browser.newPage();
  await page.goto(host.url);
  await launchPreset(page, 'Missing');
  await expect(status(page)).toHaveText('Failed', { timeout: 60_000 });
  await expect(page.getByText(/pull/i).first()).toBeVisible();
  await expect(page.getByText(missingImage).first()).toBeVisible();
});

test('the API server goes away and comes back, and the app works on without a restart', async () => {
  await using namespace = await testNamespace();
  await using host = await startHeadlessHost({
    kubeconfigPath: testKubeconfig(),
    namespace: namespace.name,
    presets,
    args: ['--ui', 'out/renderer'],
  });
  await using browser = await trustingBrowser(host.caFile);
  const page = await browser.newPage();
  await page.goto(host.url);
  await expect(clusterWord(page)).toContainText(/online/i, { timeout: 30_000 });

  const cluster = testCluster('node');
  await cluster.killComponent('kube-apiserver');
  try {
    await expect(clusterWord(page)).toContainText(/offline/i, { timeout: 30_000 });
  } finally {
    await cluster.startComponent('kube-apiserver');
  }
  await expect(clusterWord(page)).toContainText(/online/i, { timeout: 60_000 });
  await launchPreset(page, 'Echo');
  await expectRunning(page);
});

test('a port that is taken is told, with what to do', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  try {
    await expect(startHeadlessHost({ listen: `127.0.0.1:${port}` })).rejects.toThrow(
      new RegExp(`ended with 1:[^]*address_in_use[^]*${port}`),
    );
  } finally {
    other.close();
    await once(other, 'close');
  }
});

test('without a cluster the desktop says so, and what to do', async () => {
  await using desktop = await startDesktop({ presets });
  await expect(desktop.window.getByText(/no cluster/i).first()).toBeVisible();
  await expect(desktop.window.getByText(/KUBECONFIG|local cluster/i).first()).toBeVisible();
});
