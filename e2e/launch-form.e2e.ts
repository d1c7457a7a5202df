import { type Frame, expect, test } from '@playwright/test';
import { publicPresets } from '#host/config/presets.ts';
import { localImages } from '#local-cluster/images.ts';
import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import { appImages } from '#test/apps/image/app-images.ts';
import { loadAppImage } from '#test/apps/image/load-app-image.ts';
import { guildnet } from '#test/guildnet.ts';
import { podUids, presets, testNamespace } from './fixtures/cluster.ts';
import { frameOf, launchPreset, status } from './fixtures/ui.ts';
import { openWeb, openWebOn } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

/** A first start on a busy machine, in milliseconds. */
const slow = 180_000;

/** Asks Jupyter's own API from its page; `content` is written, and without one the file is read. */
async function contents(frame: Frame, file: string, content?: string): Promise<unknown> {
  return frame.evaluate(
    async ([name, text]) => {
      const token = /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? '';
      const body = { type: 'file', format: 'text', content: text };
      const write = { method: 'PUT', headers: { 'x-xsrftoken': token }, body: JSON.stringify(body) };
      const answer = await fetch(`/api/contents/${name}`, text === undefined ? {} : write);
      return ((await answer.json()) as { content?: unknown }).content ?? answer.status;
    },
    [file, content] as const,
  );
}

test('web: JupyterLab starts by one click and by its image alone, and keeps its files', async () => {
  await using namespace = await testNamespace();
  const image = await loadAppImage(namespace, appImages.jupyterlab);
  // Our own preset, with an image that can be had without a registry.
  const ours = publicPresets.filter(({ label }) => label === 'JupyterLab').map((preset) => ({ ...preset, image }));
  await using web = await openWebOn(namespace, { presets: ours });
  const { page, host } = web;

  await launchPreset(page, 'JupyterLab');
  const id = await onlyWorkspace(namespace);
  await expect(status(page)).toHaveText('Running', { timeout: slow });
  const frame = await frameOf(page, id);
  await expect.poll(() => contents(frame, 'kept.txt', 'precious'), { timeout: slow }).toBe(201);

  const before = await podUids(namespace);
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect
    .poll(async () => (await podUids(namespace)).every((uid) => !before.includes(uid)), { timeout: slow })
    .toBe(true);
  await expect(status(page)).toHaveText('Running', { timeout: slow });
  await expect.poll(async () => contents(await frameOf(page, id), 'kept.txt'), { timeout: slow }).toBe('precious');

  const launched = await guildnet(host.home, 'launch', image, '--name', 'alone', '--json');
  expect(launched).toMatchObject({ code: 0 });
  expect(JSON.parse(launched.stdout)).toMatchObject({ phase: 'Running', home: { mount_path: '/home/jovyan' } });
});

test('web: the form shows where the home will be, and takes all that a workspace can be given', async () => {
  await using web = await openWeb({ presets });
  const { page, namespace } = web;
  await page.getByRole('link', { name: 'Launch' }).first().click();
  const form = page.getByRole('form', { name: 'Custom workspace' });
  const homePath = form.getByLabel('Home path');

  await form.getByLabel('Image', { exact: true }).fill('docker.io/codercom/code-server:4.139.1');
  await expect(homePath).toHaveAttribute('placeholder', '/home/coder');
  await form.getByLabel('Image', { exact: true }).fill(localImages.echo);
  await expect(homePath).toHaveAttribute('placeholder', '/home/workspace');

  await homePath.fill('work');
  await form.getByRole('button', { name: 'Resources' }).click();
  await form.getByLabel('CPU to have').fill('lots');
  await form.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(form.getByText('"work" is not an absolute path')).toBeVisible();
  await expect(form.getByText('"lots" is not an amount')).toBeVisible();

  await homePath.fill('/srv/work');
  await form.getByLabel('CPU to have').fill('20m');
  // What will be created follows what is typed.
  await form.getByRole('button', { name: 'What will be created' }).click();
  const plan = form.getByRole('region', { name: 'What will be created, as YAML' });
  await expect(plan).toContainText('mountPath: /srv/work');
  await form.getByLabel('Memory at most').fill('256Mi');
  await expect(plan).toContainText('memory: 256Mi');
  await form.getByLabel('Pull policy').selectOption('IfNotPresent');
  await form.getByRole('button', { name: 'Program, place and end' }).click();
  await form.getByLabel('Reached').selectOption('ClusterIP');
  await form.getByLabel('Node labels').fill('kubernetes.io/os=linux');
  await form.getByLabel('Delete after').fill('1d');
  await expect(form.getByText('"1d" is not a time')).toBeVisible();
  await form.getByLabel('Delete after').fill('12h');
  await form.getByLabel('Stop when unused for').fill('2h');
  await form.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(status(page)).toHaveText('Running', { timeout: slow });

  const name = await onlyWorkspace(namespace);
  const object: unknown = await namespace.custom.getNamespacedCustomObject({
    group: workspaceGroup,
    version: workspaceVersion,
    plural: workspacePlural,
    namespace: namespace.name,
    name,
  });
  expect(object).toMatchObject({
    spec: {
      home: { mountPath: '/srv/work' },
      resources: { requests: { cpu: '20m' }, limits: { memory: '256Mi' } },
      imagePullPolicy: 'IfNotPresent',
      exposure: { type: 'ClusterIP' },
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      ttl: '12h',
      idle: { stopAfter: '2h' },
    },
  });
});
