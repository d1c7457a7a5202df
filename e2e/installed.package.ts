import { readFile, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { fileListOf, firstList } from '../scripts/packaging/file-list.ts';
import { materialFiles } from '../scripts/packaging/materials/materials.ts';
import { outputFolder } from '../scripts/packaging/output-folder.ts';
import { inRepository } from '../scripts/repository.ts';
import { presets, testKubeconfig, testNamespace } from './fixtures/cluster.ts';
import { startInstalled } from './fixtures/installed.ts';
import { expectRunning, launchPreset } from './fixtures/ui.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

/** How a fuse is written in the executable: https://www.electronjs.org/docs/latest/tutorial/fuses. */
const states = { 48: false, 49: true } as Record<number, boolean>;

test('package: the fuses of the executable are as configured', async () => {
  const { version: _, ...wire } = await getCurrentFuseWire(
    join(outputFolder(true), 'linux-unpacked', 'guildnet-desktop'),
  );
  const found = Object.fromEntries(
    Object.entries(wire).map(([option, state]) => [FuseV1Options[Number(option)] ?? option, states[Number(state)]]),
  );
  expect(found).toMatchObject({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
});

test('package: made twice it is the same, with the licences and the bill of what is in it, and nothing of how it was made', async () => {
  const folder = outputFolder(true);
  const read = (...path: string[]): Promise<string> => readFile(join(folder, ...path), 'utf8');
  const list = await read(fileListOf('linux-unpacked'));
  expect(list).toBe(await read(firstList));
  const paths = list.split('\n').map((line) => line.replace(/^\S+ {2}/, ''));
  expect(paths).toEqual(
    expect.arrayContaining(['LICENSES.chromium.html', 'resources/app.asar', 'resources/bin/guildnet']),
  );
  expect(paths.filter((path) => /node_modules|\.map$|\.test\.|tsbuildinfo|(?:^|\/)\.(?:git|env)/.test(path))).toEqual(
    [],
  );

  const bill = await read('linux-unpacked', 'resources', materialFiles.bill);
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill)).toBeNull();
  expect(bill).not.toContain(inRepository());
  const { components } = z.object({ components: z.array(z.object({ purl: z.string() })) }).parse(JSON.parse(bill));
  const named = components.map(({ purl }) => purl.replace(/@[^@]*$/, ''));
  expect(named).toEqual(
    expect.arrayContaining([
      ...[
        'pkg:npm/electron',
        'pkg:generic/chromium',
        'pkg:generic/nodejs',
        'pkg:golang/std',
        'pkg:golang/tailscale.com',
      ],
      ...[
        'pkg:npm/solid-js',
        'pkg:npm/zod',
        'pkg:npm/%40kubernetes/client-node',
        'pkg:npm/tailwindcss',
        'pkg:npm/commander',
      ],
    ]),
  );
  const notices = await read('linux-unpacked', 'resources', materialFiles.notices);
  expect(notices).toContain('\n  tailscale.com v');
  expect(notices).toContain('Permission is hereby granted, free of charge');
});

test('package: unpacked anywhere, an ordinary person launches a workspace with it, and its pages are sandboxed', async () => {
  await using namespace = await testNamespace();
  await using app = await startInstalled({ kubeconfig: testKubeconfig(), namespace: namespace.name, presets });

  await launchPreset(app.window, 'Echo');
  const id = await onlyWorkspace(namespace);
  await expectRunning(app.window);
  await expect
    .poll(() => app.pages(), { timeout: 60_000 })
    .toContainEqual(expect.stringContaining(`//${id}.localhost`));

  // Renderers: a system-call filter, no new privileges, and not the namespaces of the person's other programs.
  const own = await readlink('/proc/self/ns/user');
  const renderers = await renderersOf(app.app);
  expect(renderers.length).toBeGreaterThanOrEqual(2);
  for (const { status, users } of renderers) {
    expect(status).toMatch(/^Seccomp:\t2$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(users).not.toBe(own);
  }

  const listed = z
    .array(z.object({ id: z.string(), status: z.string() }))
    .parse(JSON.parse(await app.command('ls', '--json')));
  expect(listed).toEqual([{ id, status: 'running' }]);
  expect(await app.command('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);

  expect(await app.end()).toEqual({ code: 0, left: [] });
});

interface Renderer {
  status: string;
  users: string;
}

/** What the kernel says of the renderers of the app in this folder. */
async function renderersOf(folder: string): Promise<Renderer[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid): Promise<Renderer[]> => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(gone);
      if (!command.startsWith(`${folder}/`) || !command.includes('--type=renderer')) return [];
      return [
        {
          status: await readFile(`/proc/${pid}/status`, 'utf8').catch(gone),
          users: await readlink(`/proc/${pid}/ns/user`).catch(gone),
        },
      ];
    }),
  );
  return found.flat();
}

/** A process may end while it is looked at. */
function gone(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT' || error.code === 'ESRCH') return '';
  throw error;
}
