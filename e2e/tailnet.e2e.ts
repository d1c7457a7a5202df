import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import type { Server } from '#contract/server.ts';
import { type HeadlessHost, startHeadlessHost } from '#test/headless-host.ts';
import { browseAs } from '#test/tailnet/browsing-peer.ts';
import { clientEnv, startHeadscale } from '#test/tailnet/headscale.ts';
import { buildTimeoutMs, headscaleProgram, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { joinAsPeer } from '#test/tailnet/peer.ts';
import { trustingBrowser } from './fixtures/browser.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { ide } from './fixtures/ide.ts';
import { deleteWorkspace, expectRunning, frameOf, launchPreset } from './fixtures/ui.ts';
import { onlyWorkspace, workspaceNames } from './fixtures/workspaces.ts';

const host = 'box.tail.test';
const otherHost = 'ship.tail.test';
const password = 'e2e-password';
/** Until the control server has told the host's node of another policy, and the page its new rights. */
const patience = { timeout: 60_000 };

// The first time, both are built.
test.beforeAll(async () => {
  test.setTimeout(buildTimeoutMs);
  await headscaleProgram();
  await tailnetNodeProgram();
});

/** As the page is told of them. */
async function servers(page: Page): Promise<Server[]> {
  return await page.evaluate(async () => (await (await fetch('/api/servers')).json()) as Server[]);
}

/** What of these a page gets: by fetch with all that the browser has for them, and by WebSocket. */
async function reached(page: Page, urls: readonly string[]): Promise<string[]> {
  return await page.evaluate(async (asked) => {
    const got: string[] = [];
    for (const url of asked) {
      await fetch(url, { credentials: 'include' }).then(
        () => got.push(url),
        () => undefined,
      );
      await new Promise<void>((resolve) => {
        const socket = new WebSocket(url.replace('https', 'wss'));
        socket.addEventListener('open', () => {
          got.push(socket.url);
          socket.close();
        });
        socket.addEventListener('close', () => resolve());
      });
    }
    return got;
  }, urls);
}

test('tailnet: another device launches a workspace, works in it and keeps it apart from the next', async () => {
  await using all = new AsyncDisposableStack();
  const program = await tailnetNodeProgram();
  const headscale = all.use(await startHeadscale());
  const grant = (...actions: string[]): Promise<void> =>
    headscale.setPolicy({
      grants: [
        { src: ['*'], dst: ['*'], ip: ['*'] },
        { src: ['bob@'], dst: ['*'], app: { 'guildnet.io/cap': [{ actions }] } },
      ],
    });
  const granted = ['view', 'launch', 'open', 'stop', 'delete'];
  await grant(...granted);
  const namespace = all.use(await testNamespace());
  const startHost = (name: string): Promise<HeadlessHost> =>
    startHeadlessHost({
      kubeconfigPath: testKubeconfig(),
      namespace: namespace.name,
      presets,
      args: ['--ui', 'out/renderer', '--tailnet', 'embedded'],
      env: {
        ...clientEnv,
        AGENT_DEFAULT_PASSWORD: password,
        TS_LOGIN_SERVER: headscale.url,
        TS_AUTHKEY: headscale.keys.alice,
        TS_HOSTNAME: name,
      },
    });
  const box = all.use(await startHost('box'));
  all.use(await startHost('ship'));
  const bob = all.use(await joinAsPeer(headscale, 'bob', program, 'bobs-laptop'));
  const authority = join(box.home, 'offered.crt');
  await writeFile(authority, await bob.authorityOf(host));
  const { proxy } = all.use(await browseAs(bob));
  const certificates = [await bob.authorityOf(otherHost)];
  const browser = all.use(await trustingBrowser(authority, { certificates, args: [`--proxy-server=${proxy}`] }));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();

  // Nobody signs in here: who it is says the tailnet.
  await page.goto(`https://${host}/`);
  await launchPreset(page, 'code-server');
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);
  const frame = await frameOf(page, id, host);
  const code = ide(frame, page.keyboard, password);
  await code.ready();
  await code.openTerminal();
  // VS Code starts the shell of a new terminal again when an extension changes its environment; what was typed by then is lost.
  await expect(async () => {
    await code.typeInTerminal('echo $((6*7))');
    await code.expectInTerminal('42');
  }).toPass({ timeout: 120_000 });

  await page.goto(`https://${host}/launch`);
  await launchPreset(page, 'Echo');
  await expect.poll(async () => (await workspaceNames(namespace)).length).toBe(2);
  await expectRunning(page);
  const urls = (await servers(page)).map(({ ide_url: url = '' }) => url);
  expect(new Set(urls).size).toBe(2);
  for (const url of urls) expect(url).toMatch(/^https:\/\/box\.tail\.test:2\d{4}\/$/);
  // A page of one, in a tab of its own, where the browser takes both and the control page for one site.
  const ideUrl = new URL('/', frame.url()).href;
  const tab = await context.newPage();
  await tab.goto(urls.find((url) => url !== ideUrl) ?? '');
  await expect(tab.locator('body')).toContainText(host);
  const sent = await tab.locator('body').innerText();
  expect(sent).not.toContain('__Host-Http-gw.');
  expect(await reached(tab, [ideUrl, `https://${host}/api/servers`])).toEqual([]);
  for (const { name, httpOnly } of await context.cookies()) {
    expect(name).toMatch(/^__Host-Http-gw\./);
    expect(httpOnly).toBe(true);
  }

  // What is taken from them is offered no more, and comes back with the right, without a reload.
  const launching = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Launch/ });
  await expect(launching).toBeVisible();
  await grant('view');
  await expect(page.getByRole('region', { name: 'It runs, and you may not open it' })).toBeVisible(patience);
  for (const name of ['Stop', 'Restart', 'Delete']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  await expect(page.getByRole('link', { name: 'Terminal' })).toHaveCount(0);
  await expect(launching).toHaveCount(0);
  await page.getByText('You may not open it or read its log, or stop or change it, or delete it.').click();
  await expect(page.getByText('No grant gives you the action stop.')).toBeVisible();

  // The user of the host finds them among the devices, lets them into this one, and out again.
  const own = all.use(await trustingBrowser(box.caFile));
  const desk = await (await own.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await desk.goto(box.link);
  const ways = desk.getByRole('navigation', { name: 'Main' });
  await ways.getByRole('link', { name: 'Tailnet' }).click(patience);
  await expect(desk.getByRole('heading', { name: 'Connected' })).toBeVisible(patience);
  await expect(desk.getByRole('img', { name: 'QR code of the address of this host' })).toBeVisible();
  await desk.getByRole('button', { name: 'Measure' }).click();
  await expect(desk.getByText(/^(?:UDP gets out|No UDP gets out)/)).toBeVisible(patience);
  const device = desk.getByRole('list', { name: 'Devices that have come' }).getByRole('listitem');
  await expect(device).toContainText('bobs-laptop');
  const login = await device.locator('span').first().innerText();
  const opened = new URL(page.url()).pathname.replace('/workspaces/', '');
  await ways.getByRole('link', { name: opened }).click();
  await desk.getByRole('link', { name: 'Share', exact: true }).click();
  const address = desk.getByRole('region', { name: `Where ${opened} is found` });
  await expect(address.getByText(/^https:\/\/box\.tail\.test:2\d{4}\/$/)).toBeVisible(patience);
  const wish = desk.getByRole('form', { name: 'Share a workspace' });
  await wish.getByLabel('With').fill(login);
  await wish.getByRole('button', { name: 'Share', exact: true }).click();
  const share = desk.getByRole('list', { name: 'Shares' }).getByRole('listitem');
  await expect(share).toContainText(`${login} may open it`, patience);
  await expect(page.getByRole('link', { name: 'Terminal' })).toBeVisible(patience);
  await share.getByRole('button', { name: 'Revoke' }).click();
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(desk.getByText('It is shared with nobody.')).toBeVisible(patience);
  await expect(page.getByRole('link', { name: 'Terminal' })).toHaveCount(0, patience);

  await grant(...granted);
  await expect(page.getByRole('link', { name: 'Terminal' })).toBeVisible(patience);
  await expect(launching).toBeVisible();

  // The host is killed: its page says so, and who has the same workspaces, and goes there by itself.
  await page.goto(`https://${host}/tailnet`);
  const others = page.getByRole('list', { name: 'Hosts with the same workspaces' }).getByRole('listitem');
  await expect(others.filter({ hasText: otherHost })).toContainText('answers this browser in', patience);
  const isKnown = page.waitForResponse((response) => response.url().endsWith('/api/tailnet/hosts') && response.ok());
  await page.goto(`https://${host}/workspaces/${opened}`);
  await expectRunning(page);
  await isKnown;
  box.child.kill('SIGKILL');
  await expect(page.getByText(`${host} does not answer`)).toBeVisible(patience);
  await expect(page.getByText(new RegExp(`^${otherHost} has the same workspaces, and takes over in`))).toBeVisible();
  await page.waitForURL(`https://${otherHost}/workspaces/${opened}`);
  await expect(page.getByText(`${host} did not answer`)).toBeVisible();
  await expectRunning(page);
  const [taken] = (await servers(page)).filter(({ id: one }) => one === opened);
  expect(taken?.ide_url).toMatch(/^https:\/\/ship\.tail\.test:2\d{4}\/$/);
  await deleteWorkspace(page);
});
