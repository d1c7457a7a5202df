import type { Browser, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { TestNamespace } from '#test/create-namespace.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import type { HeadlessHost } from '#test/headless-host.ts';
import type { OuterFront } from '#test/outer/outer-front.ts';
import { startReverseProxy } from '#test/outer/reverse-proxy.ts';
import { startTcpForwarder } from '#test/outer/tcp-forwarder.ts';
import { z } from 'zod';
import { trustingBrowser } from './fixtures/browser.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

// The reverse proxy is built the first time, which takes minutes on two cores.
test.describe.configure({ timeout: 30 * 60_000 });

const echoed = z.object({ url: z.string(), headers: z.record(z.string(), z.array(z.string())) });

/** What the workspace was asked, as it tells it; asked from a page of its own. */
async function asked(page: Page, path: string): Promise<z.infer<typeof echoed>> {
  return echoed.parse(JSON.parse(await page.evaluate(async (at) => (await fetch(at)).text(), path)));
}

async function hostBehind(front: OuterFront, namespace: TestNamespace, env: NodeJS.ProcessEnv): Promise<HeadlessHost> {
  const host = await startHeadlessHost({
    kubeconfigPath: testKubeconfig(),
    namespace: namespace.name,
    args: ['--ui', 'out/renderer'],
    presets,
    env,
  });
  await front.leadTo(Number(new URL(host.url).port));
  return host;
}

/** A browser that finds all names of a reverse proxy at its port, and trusts its certificate. */
async function browserAt(front: OuterFront, host: HeadlessHost): Promise<Browser> {
  return trustingBrowser(host.caFile, {
    certificates: front.certificate === undefined ? [] : [front.certificate],
    args: [`--host-resolver-rules=MAP *.example:443 127.0.0.1:${String(front.port)}`],
  });
}

/** Uses everything that has an address, as a person behind this does. */
async function useBehind(front: OuterFront): Promise<void> {
  await using namespace = await testNamespace();
  const outer = new URL(front.origin);
  await using host = await hostBehind(front, namespace, { GUILDNET_PUBLIC_URL: front.origin });
  await using browser = await browserAt(front, host);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();

  await test.step('the link that the host prints', async () => {
    expect(new URL(host.link).origin).toBe(front.origin);
    await page.goto(host.link);
    await expect(page).toHaveURL(`${front.origin}/`);
  });

  await launchPreset(page, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);
  const own = `https://${id}.${outer.host}`;

  await test.step('the workspace in the frame of the UI', async () => {
    const frame = page.frameLocator(`iframe[title="IDE of ${id}"]`);
    await expect(frame.locator('body')).toContainText(`"host":"${id}.${outer.host}"`);
    expect(page.frames().some((one) => new URL(one.url()).origin === own)).toBe(true);
  });

  const tab = await context.newPage();
  await test.step('an address that is typed, by way of the session', async () => {
    await tab.goto(`${own}/a//b?c=%2F`);
    await expect(tab).toHaveURL(`${own}/a//b?c=%2F`);
    await tab.goto(`https://8080--${id}.${outer.host}/port`);
    await expect(tab.locator('body')).toContainText('"url":"/port"');
    await tab.goto(`${front.origin}/proxy/server/${id}/by-path`);
    await expect(tab).toHaveURL(`${own}/by-path`);
  });

  await test.step('what the workspace is told of the outer address', async () => {
    const { headers } = await asked(tab, '/told');
    expect(headers['X-Forwarded-Host']).toEqual([`${id}.${outer.host}`]);
    expect(headers['X-Forwarded-Proto']).toEqual(['https']);
  });

  for (const to of [
    '/inside',
    'http://localhost:8080/inside',
    `http://${id}.${outer.hostname}:8080/inside`,
    `http://${id}.${outer.host}/inside`,
  ]) {
    await test.step(`a redirect to ${to}`, async () => {
      await tab.goto(`${own}/redirect?to=${encodeURIComponent(to)}`);
      await expect(tab).toHaveURL(`${own}/inside`);
    });
  }

  await test.step('cookies', async () => {
    await tab.goto(`${own}/cookies`);
    const { headers } = await asked(tab, '/deep/with');
    const cookies = headers['Cookie']?.join('; ') ?? '';
    for (const name of ['plain', 'domain', 'path', 'strict']) expect(cookies).toContain(`${name}=1`);
    expect(cookies).not.toContain('guildnet');
  });

  await test.step('a WebSocket', async () => {
    const heard = await tab.evaluate(async () => {
      const socket = new WebSocket(`wss://${location.host}/ws?a=%2F`);
      const next = () =>
        new Promise<string>((resolve, reject) => {
          socket.addEventListener('message', ({ data }) => resolve(String(data)), { once: true });
          socket.addEventListener('close', () => reject(new Error('The WebSocket ended.')), { once: true });
        });
      const hello = await next();
      const echo = next();
      socket.send('hello');
      return [hello, await echo];
    });
    expect([echoed.parse(JSON.parse(heard[0] ?? '')).url, heard[1]]).toEqual(['/ws?a=%2F', 'hello']);
  });

  await test.step('signing out', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('region', { name: 'Connection' })).toContainText('You are not signed in');
    await tab.goto(`${own}/again`);
    await expect(tab.locator('body')).toContainText('guildnet open');
    expect(new URL(tab.url()).origin).toBe(front.origin);
  });
}

test('web: behind a forwarded port everything is found at the outer address', async () => {
  await using front = await startTcpForwarder();
  await useBehind(front);
});

test('web: behind a reverse proxy everything is found at the outer address', async () => {
  await using front = await startReverseProxy('dev.example');
  await useBehind(front);
});

test('web: a name that is allowed without a port is one at the scheme’s own port, and no other name is', async () => {
  await using front = await startReverseProxy('box.example');
  await using namespace = await testNamespace();
  await using host = await hostBehind(front, namespace, { GUILDNET_ALLOWED_HOSTS: 'box.example' });
  await using browser = await browserAt(front, host);
  const page = await browser.newPage();
  const { pathname, search } = new URL(host.link);
  await page.goto(`https://box.example${pathname}${search}`);
  await expect(page).toHaveURL('https://box.example/');
  await launchPreset(page, 'Echo');
  await expectRunning(page);
  await page.goto('https://other.box.example/');
  await expect(page.locator('body')).toContainText('GUILDNET_ALLOWED_HOSTS');
});
