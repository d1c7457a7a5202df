import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { Server } from '#contract/server.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import type { Desktop } from './fixtures/desktop.ts';
import { tellWorld } from './fixtures/told-world.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { workspaceNames } from './measure/workspace-names.ts';
import { ipcRoundTrips, scrollFrames } from './measure/in-page.ts';
import { treeUse } from '../bench/desktop/process-tree.ts';
import { floorShownAfter, shownAfter } from './measure/start.ts';

const starts = 5;
const views = 5;
const idleSeconds = 20;
/** An app that has just done something is left alone for so long before it is looked at, in ms. */
const settleMs = 8_000;

const samples: Record<string, number[]> = {};
function note(name: string, ...values: number[]): void {
  (samples[name] ??= []).push(...values);
}

const pidOf = ({ app }: Desktop): number => app.process().pid ?? 0;
const mebibytes = (bytes: number): number => bytes / 2 ** 20;

test.afterAll(async () => {
  await writeFile('test-results/bench-desktop.json', JSON.stringify(samples));
});

test('start beside the floor, the bridge, and what an idle window takes', async () => {
  await using namespace = await testNamespace();
  const options = { kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets };
  for (let run = 0; run <= starts; run += 1) {
    const floor = await floorShownAfter();
    await using desktop = await startDesktop(options);
    const ours = await shownAfter(desktop.app, desktop.window.getByRole('navigation', { name: 'Main' }));
    // The first of each warms up the disk, and does not count.
    if (run === 0) continue;
    note('start of the floor, ms', floor);
    note('start of GuildNet, ms', ours);
    note('start beyond the floor, ms', ours - floor);
    if (run < starts) continue;
    await expect(desktop.window.getByRole('button', { name: 'Launch Echo' })).toBeVisible();
    await pause(settleMs);
    const before = await treeUse(pidOf(desktop));
    await pause(idleSeconds * 1_000);
    const after = await treeUse(pidOf(desktop));
    note('memory without views, MiB PSS', mebibytes(after.pss));
    note('idle, % of a core', ((after.cpuSeconds - before.cpuSeconds) / idleSeconds) * 100);
    note('a call over the bridge, ms', ...(await ipcRoundTrips(desktop.window, 500)).slice(50));
  }
});

test('click to first keystroke, and what views take', async () => {
  await using namespace = await testNamespace();
  const options = { kubeconfigPath: testKubeconfig(), namespace: namespace.name, presets };
  await using desktop = await startDesktop(options);
  const { window } = desktop;
  const firstKeystroke = async (id: string): Promise<void> => {
    const view = await desktop.ide(id);
    await expect(view.locator('.monaco-workbench')).toBeVisible({ timeout: 60_000 });
    // A key that is pressed too soon is lost, as a person's would be.
    await expect(async () => {
      await view.keyboard.press('F1');
      await expect(view.locator('.quick-input-widget')).toBeVisible({ timeout: 100 });
    }).toPass({ intervals: [20], timeout: 60_000 });
    await view.keyboard.press('Escape');
  };
  for (let view = 1; view <= views; view += 1) {
    const known = await workspaceNames(namespace);
    await window
      .getByRole('link', { name: view === 1 ? 'Workspaces' : 'Launch' })
      .first()
      .click();
    const begun = performance.now();
    await launchPreset(window, 'code-server');
    await expect.poll(async () => (await workspaceNames(namespace)).length, { intervals: [50] }).toBe(known.length + 1);
    const id = (await workspaceNames(namespace)).find((name) => !known.includes(name)) ?? '';
    await firstKeystroke(id);
    note('click to first keystroke, cold, ms', performance.now() - begun);
    await expectRunning(window);
    if (view !== 1 && view !== views) continue;
    await pause(settleMs);
    note(`memory with ${String(view)} views, MiB PSS`, mebibytes((await treeUse(pidOf(desktop))).pss));
  }
  const [id = ''] = await workspaceNames(namespace);
  for (let run = 0; run < views; run += 1) {
    await window.getByRole('link', { name: 'Workspaces' }).first().click();
    const begun = performance.now();
    await window.getByRole('link', { name: `Open ${id}` }).click();
    await firstKeystroke(id);
    note('click to first keystroke, warm, ms', performance.now() - begun);
  }
});

test('five thousand rows', async () => {
  const servers = Array.from({ length: 5_000 }, (_, place): Server => {
    const id = `w-${String(place).padStart(4, '0')}`;
    const at = new Date(Date.UTC(2026, 0, 1) - place * 1_000).toISOString();
    return {
      id,
      name: id,
      image: 'example.org/a:1',
      owner: 'local:ada',
      status: 'running',
      phase: 'Running',
      created_at: at,
    };
  });
  await using web = await openWeb({ presets });
  const { page, host } = web;
  await tellWorld(page, { servers, homes: [], cluster: { phase: 'online', local: { available: false } } });
  await page.goto(new URL(host.url).origin);
  await expect(page.getByRole('list', { name: 'Workspaces' }).getByRole('listitem').first()).toBeVisible();
  note('a frame of scrolling 5,000 rows, ms', ...(await scrollFrames(page, 600, 300)));
});
