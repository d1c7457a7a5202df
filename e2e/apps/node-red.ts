import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, pathNotTried, portNotTried } from './app.ts';

const appears = 60_000;

/** A flow that answers at /<path>. */
function flowAt(path: string): string {
  const tab = randomUUID().replaceAll('-', '').slice(0, 16);
  const id = (name: string): string => `${tab.slice(0, 12)}${name}`;
  return JSON.stringify([
    { id: tab, type: 'tab', label: path },
    { id: id('in'), type: 'http in', z: tab, url: `/${path}`, method: 'get', x: 100, y: 80, wires: [[id('tp')]] },
    { id: id('tp'), type: 'template', z: tab, template: `flow ${path}`, x: 260, y: 80, wires: [[id('rs')]] },
    { id: id('rs'), type: 'http response', z: tab, x: 420, y: 80, wires: [] },
  ]);
}

export const nodeRed: App = {
  title: 'Node-RED',
  image: appImages.nodeRed,
  leavesOut: { path: pathNotTried, ...portNotTried },
  uses: [
    {
      does: 'imports and deploys a flow that answers',
      async run({ view, keyboard, root }) {
        const deploy = view.locator('#red-ui-header-button-deploy');
        await expect(deploy).toBeVisible({ timeout: appears });
        await expect(view.locator('#red-ui-loading-progress')).toBeHidden({ timeout: appears });
        await view.locator('#red-ui-workspace-chart').click({ position: { x: 300, y: 300 }, timeout: appears });
        const path = `answer-${randomUUID().slice(0, 6)}`;
        await keyboard.press('Control+i');
        await view.locator('#red-ui-clipboard-dialog-import-text').fill(flowAt(path));
        // It looks at what was given on a key.
        await keyboard.press('End');
        await view.locator('#red-ui-clipboard-dialog-ok').click();
        await deploy.click();
        await expect(view.locator('.red-ui-notification-success')).toBeVisible({ timeout: appears });
        const answer = await view.evaluate(async (url) => (await fetch(url)).text(), root + path);
        expect(answer).toBe(`flow ${path}`);
      },
    },
  ],
};
