import { type Frame, type Page, expect, test } from '@playwright/test';
import { pageAttacks, type PageAttack } from './attacks/page-attacks.ts';
import { presets } from './fixtures/cluster.ts';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { attack, marksOf, seenBy } from './fixtures/victim.ts';
import { expectRunning } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { workspaceNames } from './fixtures/workspaces.ts';

const thief = 'hostile-a';
const victim = 'hostile-b';

/** Shows a workspace in the UI and waits for its frame. */
async function frameOf(page: Page, id: string): Promise<Frame> {
  await page.getByRole('link', { name: `Open ${id}` }).click();
  await expectRunning(page);
  const element = page.getByTitle(`IDE of ${id}`);
  await expect(element).toBeVisible();
  const frame = await (await element.elementHandle())?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('The workspace is not in a frame.');
  await frame.waitForURL((url) => url.hostname === `${id}.localhost`);
  await expect(frame.locator('#here')).toBeVisible();
  return frame;
}

/** Where an attack on the API does the most harm that it can. */
function apiPath({ code }: PageAttack): string {
  if (code.includes("'DELETE'")) return `/api/servers/${victim}`;
  return /POST|PUT|PATCH|beacon|ping|'post'/.test(code) ? '/api/stop-all' : '/api/servers';
}

test('web: a hostile page gets nothing of another workspace, the API or the control page', async () => {
  await using web = await openWeb({ presets, env: { LOG_LEVEL: 'info' } });
  const { page, host, namespace } = web;
  const port = new URL(host.url).port;
  const originOf = (id: string): string => `https://${id}.localhost:${port}`;
  await Promise.all([thief, victim].map((id) => createHostileWorkspace(namespace, id)));

  // The person has both open, and is signed in to both, in the UI and in tabs.
  const victimFrame = await frameOf(page, victim);
  await page.getByRole('link', { name: 'Workspaces' }).first().click();
  const frame = await frameOf(page, thief);
  const context = page.context();
  const victimTab = await context.newPage();
  await victimTab.goto(originOf(victim));
  const tab = await context.newPage();
  await tab.goto(originOf(thief));

  const mark = (where: string, { name }: PageAttack): string => encodeURIComponent(`${where}/${name}`);
  const at =
    (base: string, where: string) =>
    (one: PageAttack): string =>
      `${base}${one.path}?m=${mark(where, one)}`;

  await test.step('each attack is one: at home it arrives', async () => {
    await attack(tab, pageAttacks, at(originOf(thief), 'home'));
    const arrived = marksOf(await seenBy(tab));
    const missing = pageAttacks.filter((one) => !arrived.has(`home/${one.name}`)).map(({ name }) => name);
    // A frame without an origin opens no WebSocket even at home; Chromium asks for no favicon or manifest without a window.
    expect(missing.length).toBeLessThan(pageAttacks.length / 6);
  });

  const aims: [string, Page | Frame, (one: PageAttack) => string][] = [
    ['a tab at another workspace', tab, at(originOf(victim), 'tab')],
    ['the frame in the UI at another workspace', frame, at(originOf(victim), 'frame')],
    [
      'the frame in the UI at the way of another workspace’s downloads',
      frame,
      (one) => `${at(originOf(`1--${victim}`), 'download')(one)}&guildnet-download=main`,
    ],
    ['a tab at the path form', tab, at(`${host.url}/proxy/server/${victim}`, 'path')],
    ['a tab at the API', tab, (one) => `${host.url}${apiPath(one)}?m=${mark('api', one)}`],
  ];
  for (const [what, from, addressOf] of aims) {
    await test.step(`${String(pageAttacks.length)} attacks from ${what}`, async () => {
      expect(await attack(from, pageAttacks, addressOf)).toEqual([]);
    });
  }
  expect([...marksOf(await seenBy(victimTab))]).toEqual([]);
  expect(await tab.evaluate('globalThis.stolen ?? ""')).not.toContain(victim);
  expect((await workspaceNames(namespace)).toSorted()).toEqual([thief, victim]);
  expect(host.complaints()).toContain('A page of another site sent this request.');

  await test.step('nobody else frames a workspace or the control page', async () => {
    const stranger = await context.newPage();
    await stranger.setContent(
      [`${originOf(victim)}/secret?m=stranger`, `${host.url}/`, `${host.url}/proxy/server/${victim}/secret?m=stranger`]
        .map((url) => `<iframe src="${url}"></iframe><object data="${url}"></object><embed src="${url}">`)
        .join(''),
    );
    await stranger.waitForLoadState('networkidle');
    await tab.evaluate(`blind('iframe', { src: '$u' }, ${JSON.stringify(host.url)})`);
    const shown = await Promise.all(
      [...stranger.frames().slice(1), ...tab.frames().slice(1)]
        .filter((one) => one.url().startsWith(host.url))
        .map((one) => one.locator('#root').count()),
    );
    expect(shown.every((count) => count === 0)).toBe(true);
    expect([...marksOf(await seenBy(victimTab))]).toEqual([]);
    await stranger.close();
  });

  await test.step('a page that opens another holds no handle on it', async () => {
    for (const url of [`${originOf(victim)}/?x=1`, host.url]) {
      const [opened] = await Promise.all([
        context.waitForEvent('page'),
        tab.evaluate(`globalThis.handle = window.open(${JSON.stringify(url)}); true`),
      ]);
      await opened.waitForLoadState();
      expect(await opened.evaluate('window.opener === null')).toBe(true);
      await expect.poll(() => tab.evaluate('handle.closed')).toBe(true);
      await opened.close();
    }
  });

  await test.step('a cookie is one cookie, whoever sets it, in a tab and in a frame', async () => {
    const cases: [Page | Frame, string, string][] = [
      [tab, 'in-tab', 'Path=/'],
      [frame, 'in-frame', 'Path=/; Secure; SameSite=None; Partitioned'],
    ];
    for (const [where, name, attributes] of cases) {
      const say = (value: string): string => `/say?h=${encodeURIComponent(`set-cookie:${name}=${value}; Path=/`)}`;
      await where.evaluate(`fetch(${JSON.stringify(say('server'))})`);
      await where.evaluate(`document.cookie = ${JSON.stringify(`${name}=script; ${attributes}`)}`);
      await where.evaluate(`fetch(${JSON.stringify(say('again'))})`);
      await where.evaluate(`fetch('/say?last=${name}')`);
      const last = (await seenBy(where)).find(({ url }) => url === `/say?last=${name}`);
      const sent = String(last?.headers['cookie'])
        .split('; ')
        .filter((pair) => pair.startsWith(`${name}=`));
      expect(sent).toEqual([`${name}=again`]);
    }
    const cookies = (await seenBy(tab)).map(({ headers }) => String(headers['cookie']));
    expect(cookies.filter((cookie) => /guildnet/i.test(cookie))).toEqual([]);
  });

  await test.step('names of the host’s own and of other hosts cannot be set', async () => {
    for (const cookie of ['__Host-guildnet-session=x; Path=/; Secure', 'guildnet=x', 'wide=x; Domain=localhost']) {
      await tab.evaluate(`fetch('/say?h=' + encodeURIComponent(${JSON.stringify(`set-cookie:${cookie}`)}))`);
    }
    const own = await context.cookies([originOf(victim), host.url]);
    expect(own.filter(({ value }) => value === 'x')).toEqual([]);
    expect(
      (await context.cookies(originOf(thief))).filter(({ name, value }) => /guildnet/.test(name) && value === 'x'),
    ).toEqual([]);
  });

  await test.step('a workspace that refuses frames is shown in the UI all the same', async () => {
    const refusing = `/say?h=${encodeURIComponent('content-type:text/html')}&h=${encodeURIComponent('x-frame-options:DENY')}&h=${encodeURIComponent("content-security-policy:frame-ancestors 'none'")}&b=${encodeURIComponent('<h1>lab</h1>')}`;
    await victimFrame.evaluate(`location.href = ${JSON.stringify(refusing)}`);
    await expect(victimFrame.locator('h1')).toHaveText('lab');
  });

  await test.step('a service worker reaches no further than its own origin', async () => {
    const scope: unknown = await tab.evaluate(
      `navigator.serviceWorker.register('/script.js').then((registration) => registration.scope)`,
    );
    expect(scope).toBe(`${originOf(thief)}/`);
    const wide: unknown = await tab.evaluate(
      `navigator.serviceWorker.register('/script.js', { scope: ${JSON.stringify(`${host.url}/`)} }).then(() => 'registered', (error) => error.name)`,
    );
    expect(wide).toBe('SecurityError');
  });
});
