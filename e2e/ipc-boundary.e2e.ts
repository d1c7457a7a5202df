import { expect, test } from '@playwright/test';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { expectRunning } from './fixtures/ui.ts';

/** Calls as oRPC's link writes them, with what no page of ours would send. */
const calls: readonly [path: string, input: unknown][] = [
  ['desktop/ide/show', {}],
  ['desktop/ide/show', { id: '../../etc', bounds: { x: 0, y: 0, width: 1, height: 1 } }],
  ['desktop/ide/show', { id: 'a', bounds: { x: -1, y: 0, width: 1e9, height: 1 } }],
  ['desktop/ide/show', { id: 'a'.repeat(1_000_000), bounds: { x: 0, y: 0, width: 1, height: 1 } }],
  ['desktop/ide/show', { id: 'a', bounds: { x: 0, y: 0, width: 1, height: 1 }, beside: [{}] }],
  ['desktop/ide/popOut', { id: '../../etc' }],
  ['desktop/ide/chooseMemory', { budget: -1 }],
  ['desktop/clipboard/forget', { id: {} }],
  ['desktop/notifications/forget', { id: ['a'] }],
  ['desktop/speak', { language: '../de' }],
  ['desktop/shortcuts/choose', { command: 'quit', accelerator: 'F9' }],
  ['desktop/shortcuts/choose', { command: 'leave-ide', accelerator: 'Control+C' }],
  ['desktop/shortcuts/choose', { command: 'palette', accelerator: 'x'.repeat(1_000_000) }],
  ['desktop/ide/menu', { id: 'a', x: 'left', y: null }],
  ['desktop/ide/find', { id: 'a', text: 'x'.repeat(1_000_000), forward: 1, isNew: {} }],
  ['desktop/downloads/reveal', { id: '/etc/passwd' }],
  ['desktop/downloads/cancel', { id: { toString: 'x' } }],
  ['desktop/startup/choose', { atLogin: 'yes', hidden: {} }],
  ['desktop/updates/choose', { looks: 'https://example.org/' }],
  ['desktop/__proto__/toString', {}],
  ['desktop/constructor', {}],
  ['desktop', {}],
  ['host/nothing/at/all', {}],
  ['', null],
];

test('desktop: a compromised page that says garbage on the bridge gets nothing and breaks nothing', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  const { app, window } = desktop;
  await createHostileWorkspace(namespace, 'hostile');
  await window.getByRole('link', { name: 'Open hostile' }).click();
  await expectRunning(window);
  const view = await desktop.ide('hostile');

  const answers = await window.evaluate(async (wanted) => {
    const connect = (): Promise<MessagePort> =>
      new Promise((resolve) => {
        addEventListener('message', function take(event) {
          if (event.data !== 'guildnet:port' || event.ports[0] === undefined) return;
          removeEventListener('message', take);
          resolve(event.ports[0]);
        });
        postMessage('guildnet:connect', location.origin);
      });
    const heard = new Map<string, { status: number; text: string }>();
    const { promise: allAnswered, resolve } = Promise.withResolvers<void>();
    const hear = (event: MessageEvent): void => {
      const text = String(event.data);
      const { i, p } = JSON.parse(text) as { i: string; p?: { s?: number } };
      heard.set(i, { status: p?.s ?? 200, text });
      // Garbage that is no call is not answered, so the calls are what is waited for.
      if (wanted.every((_call, place) => heard.has(String(place)))) resolve();
    };
    const garbage: unknown[] = [
      null,
      0,
      '',
      '{',
      '[]',
      '{"i":{}}',
      'x'.repeat(1_000_000),
      { a: 1 },
      new ArrayBuffer(64),
      [[[]]],
    ];
    const say = async (): Promise<void> => {
      const port = await connect();
      port.addEventListener('message', hear);
      // The page itself asks for its port again, which ends this one: what has not been answered by then is said once more.
      port.addEventListener('close', () => {
        if (wanted.some((_call, place) => !heard.has(String(place)))) void say();
      });
      port.start();
      for (const one of garbage) port.postMessage(one);
      wanted.forEach(([path, input], place) => {
        if (heard.has(String(place))) return;
        const said = { i: String(place), p: { u: `/${path}`, b: { json: input } } };
        port.postMessage(JSON.stringify(said));
      });
    };
    await say();
    await allAnswered;
    return wanted.map(([path], place) => ({ path, ...heard.get(String(place)) }));
  }, calls);
  for (const { path, status, text } of answers) {
    expect(status, `${path}: ${String(text)}`).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/root:|\/etc\/passwd:|at .*\.ts:\d+/);
  }

  // The page asks for another port and goes on; the main process is the one it was.
  await window.reload();
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect(window.getByTestId('status').first()).toHaveText('Running');

  await test.step('a workspace has no bridge, whatever it says', async () => {
    const got: unknown = await view.evaluate(`new Promise((resolve) => {
      addEventListener('message', (event) => { if (event.data === 'guildnet:port') resolve('a port'); });
      postMessage('guildnet:connect', location.origin);
      setTimeout(() => resolve(typeof globalThis.guildnetDesktop + ' ' + typeof globalThis.require), 2000);
    })`);
    expect(got).toBe('undefined undefined');
  });

  await test.step('a frame of the page has none either', async () => {
    const found: unknown = await window.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = 'app://guildnet/';
      const look = () => {
        // What was refused is a page of another origin, which does not let itself be looked into.
        try { resolve(typeof frame.contentWindow?.guildnetDesktop); } catch { resolve('out of reach'); }
      };
      frame.addEventListener('load', look);
      setTimeout(look, 2000);
      document.body.append(frame);
    })`);
    expect(['undefined', 'out of reach']).toContain(found);
  });

  const preferences = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => {
      // What a page has really been given; Electron has it, and no type for it.
      const given = (
        one as unknown as { getLastWebPreferences(): Record<string, unknown> | null }
      ).getLastWebPreferences();
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, allowRunningInsecureContent } = given ?? {};
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, allowRunningInsecureContent };
    }),
  );
  for (const one of preferences) {
    expect(one).toMatchObject({ sandbox: true, contextIsolation: true });
    expect([one.nodeIntegration, one.allowRunningInsecureContent]).not.toContain(true);
    expect(one.webSecurity).not.toBe(false);
  }
});
