import { randomUUID } from 'node:crypto';
import { type Keyboard, type Page, expect, test } from '@playwright/test';
import { codeServerVersion } from '#local-cluster/versions.ts';
import { type Finding, findingAnnotation } from '#test/apps/finding.ts';
import { type ClusterLine, openClusterLine } from '#test/faults/cluster-line.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startDesktop } from './fixtures/desktop.ts';
import { ide } from './fixtures/ide.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { openWebOn } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

const password = 'apps-password';
const env = { AGENT_DEFAULT_PASSWORD: password };
const does = 'goes on without loading the page anew when every connection was cut, and saves what was typed meanwhile';
/** An editor tries again after 5, 5, 10 and more seconds. */
const comesBack = 90_000;

/** What the page held before it would have been loaded anew. */
declare global {
  var kept: string | undefined;
}

async function cutAndGoOn(page: Page, keyboard: Keyboard, line: ClusterLine): Promise<void> {
  const code = ide(page, keyboard, password);
  const lost: string[] = [];
  page.on('websocket', (socket) => socket.on('close', () => lost.push(socket.url())));
  await page.reload();
  await code.ready();
  const name = `cut-${randomUUID().slice(0, 6)}.txt`;
  // While it starts, the focus goes to and fro, and keys go where it is.
  await expect(async () => {
    await code.openTerminal();
    await code.typeInTerminal(`echo before > ~/${name}; wc -l < ~/${name}`);
    await code.expectInTerminal('1');
  }).toPass({ timeout: comesBack });
  await code.expectFile(`/home/coder/${name}`, 'before');
  await page.evaluate((mark) => {
    globalThis.kept = mark;
  }, name);
  lost.length = 0;

  line.cut();
  // The connection of the editor and that of its extension host.
  await expect.poll(() => lost.length, { timeout: comesBack }).toBeGreaterThanOrEqual(2);
  await keyboard.press('Control+End');
  await keyboard.type('typed while it was cut');
  line.mend();

  await keyboard.press('Control+s');
  await expect(page.locator('.tab.active.dirty')).toHaveCount(0, { timeout: comesBack });
  await code.openTerminal();
  await code.typeInTerminal(
    `until grep -qx 'typed while it was cut' ~/${name}; do sleep 0.2; done; echo saved-$((6*7))`,
  );
  await expect(() => code.expectInTerminal('saved-42')).toPass({ timeout: comesBack });
  // Nothing asked for a reload, and there was none.
  await expect(page.locator('.monaco-dialog-box')).toBeHidden();
  expect(await page.evaluate(() => globalThis.kept)).toBe(name);
}

async function finding(place: Finding['place'], run: () => Promise<void>): Promise<void> {
  const found: Finding = { app: 'code-server', version: codeServerVersion, place, works: [], fails: [] };
  try {
    await run();
    found.works.push(does);
  } finally {
    test.info().annotations.push({ type: findingAnnotation, description: JSON.stringify(found) });
  }
}

test('code-server, cut off: tab', async () => {
  await using line = await openClusterLine(testKubeconfig());
  await using namespace = await testNamespace();
  await using web = await openWebOn(namespace, { presets, env, kubeconfigPath: line.kubeconfigPath });
  await finding('tab', async () => {
    const { page, host } = web;
    await launchPreset(page, 'code-server');
    const id = await onlyWorkspace(namespace);
    await expectRunning(page);
    await page.goto(`https://${id}.localhost:${new URL(host.url).port}/`);
    await ide(page, page.keyboard, password).ready();
    await cutAndGoOn(page, page.keyboard, line);
  });
});

test('code-server, cut off: window', async () => {
  await using line = await openClusterLine(testKubeconfig());
  await using namespace = await testNamespace();
  await using desktop = await startDesktop({
    kubeconfigPath: line.kubeconfigPath,
    namespace: namespace.name,
    presets,
    env,
  });
  await finding('window', async () => {
    await launchPreset(desktop.window, 'code-server');
    const id = await onlyWorkspace(namespace);
    await expectRunning(desktop.window);
    const view = await desktop.ide(id);
    await ide(view, view.keyboard, password).ready();
    await cutAndGoOn(view, view.keyboard, line);
  });
});
