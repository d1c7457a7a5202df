import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { localImages } from '#local-cluster/images.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { type Look, looks, wear } from './fixtures/axe.ts';
import { presets } from './fixtures/cluster.ts';
import { everyPage } from './fixtures/every-page.ts';
import { everyState } from './fixtures/every-state.ts';
import { tellWorld } from './fixtures/told-world.ts';
import { openWeb } from './fixtures/web.ts';

const says = ['/bin/sh', '-c', 'echo begun; trap exit TERM; while :; do sleep 1; done'];

async function takePicture(page: Page, name: string, look: Look): Promise<void> {
  await wear(page, look);
  await page.screenshot({ path: `docs/screenshots/${name}-${look.name}.png` });
}

test('every page and state, in both themes and sizes', async () => {
  await using web = await openWeb({ presets });
  const { page, host, namespace } = web;
  const { origin } = new URL(host.url);
  await createWorkspace(namespace, 'shell', { image: localImages.shell, command: says, probe: { kind: 'none' } });

  for (const { name, path, ready } of everyPage('shell')) {
    await page.goto(`${origin}${path}`);
    await ready(page);
    for (const look of looks) await takePicture(page, name, look);
  }

  await page.goto(`${origin}/launch`);
  await page.getByRole('button', { name: 'Add variable' }).click();
  const lines = Array.from({ length: 200 }, (_, n) => `VARIABLE_${String(n)}=${'value '.repeat((n % 7) + 1)}`);
  await page.getByLabel('Name of variable 1').evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, lines.join('\n'));
  await expect(page.getByLabel('Name of variable 200')).toHaveValue('VARIABLE_199');
  for (const look of looks) await takePicture(page, 'launch-200-variables', look);

  for (const [name, world] of Object.entries(everyState)) {
    const told = await page.context().newPage();
    await tellWorld(told, world);
    await told.goto(origin);
    await expect(told.getByRole('heading', { name: 'Workspaces', level: 1 })).toBeVisible();
    for (const look of looks) await takePicture(told, `state-${name}`, look);
    await told.close();
  }
});
