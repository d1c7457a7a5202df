import { expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, pathNotTried } from './app.ts';

export const ttyd: App = {
  title: 'ttyd',
  image: appImages.ttyd,
  uses: [
    {
      does: 'types in a terminal',
      needs: 'upgrade',
      async run({ view, keyboard }) {
        const rows = view.locator('.xterm-rows');
        await expect(rows).toContainText('$', { timeout: 30_000 });
        await view.locator('.xterm').click();
        await keyboard.type('echo "answer $((6*7))"');
        await keyboard.press('Enter');
        await expect(rows).toContainText('answer 42');
      },
    },
  ],
};

export const novnc: App = {
  title: 'noVNC',
  image: appImages.novnc,
  leavesOut: { path: pathNotTried },
  uses: [
    {
      does: 'shows a moving picture',
      needs: 'upgrade',
      async run({ view, root }) {
        await view.goto(`${root}vnc.html?autoconnect=1`);
        const canvas = view.locator('canvas').last();
        await expect(canvas).toBeVisible({ timeout: 30_000 });
        const pictures = new Set<string>();
        await expect(async () => {
          pictures.add(await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL()));
          expect(pictures.size).toBeGreaterThan(5);
        }).toPass({ timeout: 30_000, intervals: [100] });
      },
    },
  ],
};
