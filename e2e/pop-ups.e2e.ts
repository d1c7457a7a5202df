import { type ElectronApplication, type Page, expect, test } from '@playwright/test';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { expectRunning } from './fixtures/ui.ts';

/** What a page may ask of a window; Electron would grant all of it. */
const features = [
  'frame=no',
  'frame=false,transparent=yes',
  'alwaysOnTop=yes',
  'fullscreen=yes',
  'kiosk=yes',
  'width=10000,height=10000',
  'width=1,height=1',
  'left=-5000,top=-5000',
  'titleBarStyle=hidden',
  'titleBarOverlay=yes',
  'skipTaskbar=yes',
  'closable=no',
  'resizable=no,movable=no,minimizable=no',
  'opacity=0.01',
  'focusable=no',
  'modal=yes',
  'type=splash',
  'simpleFullscreen=yes',
  'enableLargerThanScreen=yes,width=9000',
  'minWidth=3000,minHeight=3000',
  'show=no',
  'nodeIntegration=yes,contextIsolation=no,sandbox=no,webviewTag=yes',
  'preload=/etc/passwd',
  'noopener',
  'noopener,frame=no,alwaysOnTop=yes',
  'title=GuildNet',
];

interface Seen {
  title: string;
  onTop: boolean;
  fullScreen: boolean;
  kiosk: boolean;
  closable: boolean;
  movable: boolean;
  opacity: number;
  /** Of the screen's work area, the larger share of width and height. */
  share: number;
  inside: boolean;
}

/** The windows beside the main one. */
async function popUps(app: ElectronApplication): Promise<Seen[]> {
  return app.evaluate(({ BrowserWindow, screen }) => {
    const { workArea } = screen.getPrimaryDisplay();
    return (
      BrowserWindow.getAllWindows()
        // One that is just closing is still listed, and may not be asked anything any more.
        .filter((window) => !window.isDestroyed() && !window.webContents.isDestroyed())
        .filter((window) => !window.webContents.getURL().startsWith('app:'))
        .map((window) => {
          const { x, y, width, height } = window.getBounds();
          return {
            title: window.getTitle(),
            onTop: window.isAlwaysOnTop(),
            fullScreen: window.isFullScreen(),
            kiosk: window.isKiosk(),
            closable: window.isClosable(),
            movable: window.isMovable(),
            opacity: window.getOpacity(),
            share: Math.max(width / workArea.width, height / workArea.height),
            inside: x >= workArea.x && y >= workArea.y && x < workArea.width && y < workArea.height,
          };
        })
    );
  });
}

/** Closes them as a person does, and waits until they are gone. */
async function closeAll(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (!window.isDestroyed() && !window.webContents.isDestroyed() && !window.webContents.getURL().startsWith('app:'))
        window.close();
    }
  });
  await expect.poll(async () => (await popUps(app)).length).toBe(0);
}

/** Has the next click in the page open windows. */
async function clickToOpen(view: Page, asked: string, times = 1): Promise<void> {
  const page = JSON.stringify('/say?b=<title>GuildNet</title>x&h=content-type:text/html');
  const open = `for (let n = 0; n < ${String(times)}; n += 1) window.open(${page}, '', ${JSON.stringify(asked)})`;
  await view.evaluate(`document.addEventListener('click', () => { ${open} }, { once: true })`);
  await view.locator('#here').click();
}

test('desktop: a workspace gets plain windows that bear its name, for a click each, and not without', async () => {
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets });
  const { app, window } = desktop;
  await createHostileWorkspace(namespace, 'hostile');
  await window.getByRole('link', { name: 'Open hostile' }).click();
  await expectRunning(window);
  const view = await desktop.ide('hostile');
  await expect(view.locator('#here')).toBeVisible();

  await test.step('without a click there is no window, whatever is asked', async () => {
    const opened: unknown = await view.evaluate(
      `${JSON.stringify(features)}.filter((asked) => window.open('/', '', asked) !== null).length`,
    );
    expect(opened).toBe(0);
    expect(await popUps(app)).toEqual([]);
  });

  for (const asked of features) {
    await test.step(`a click with "${asked}"`, async () => {
      await clickToOpen(view, asked);
      await expect.poll(async () => (await popUps(app)).map(({ title }) => title)).toEqual(['hostile — GuildNet']);
      const [seen] = await popUps(app);
      expect(seen).toMatchObject({
        onTop: false,
        fullScreen: false,
        kiosk: false,
        closable: true,
        movable: true,
        opacity: 1,
        inside: true,
      });
      expect(seen?.share).toBeLessThanOrEqual(0.95);
      await closeAll(app);
    });
  }

  await test.step('a page that closes its window at once, or soon, closes that and nothing else', async () => {
    for (const wait of [0, 1, 20, 100, 300, 600]) {
      await view.evaluate(`document.addEventListener('click', () => {
        const opened = window.open('/say?b=x&h=content-type:text/html');
        if (${String(wait)} === 0) opened.close();
        else setTimeout(() => opened.close(), ${String(wait)});
      }, { once: true })`);
      await view.locator('#here').click();
      await expect.poll(async () => (await popUps(app)).length).toBe(0);
    }
    await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  });

  await test.step('one click is one window', async () => {
    await clickToOpen(view, '', 20);
    await expect.poll(async () => (await popUps(app)).length).toBe(1);
    await closeAll(app);
  });

  await test.step('there are no more than eight', async () => {
    for (let count = 1; count <= 12; count += 1) {
      await clickToOpen(view, '');
      await expect.poll(async () => (await popUps(app)).length).toBe(Math.min(count, 8));
    }
  });

  await test.step('they stay where they were put', async () => {
    const popUp = app.windows().find((page) => page.url().includes('/say'));
    await popUp?.evaluate('window.moveTo(-4000, -4000); window.resizeTo(8000, 8000)');
    for (const { inside, share } of await popUps(app)) {
      expect(inside).toBe(true);
      expect(share).toBeLessThanOrEqual(0.95);
    }
  });
});
