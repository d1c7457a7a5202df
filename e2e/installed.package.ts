import { readFile, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { outputFolder } from '../scripts/packaging/output-folder.ts';
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
