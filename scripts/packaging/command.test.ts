import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { inRepository } from '../repository.ts';

const run = promisify(execFile);

/** Resources of a package with a Node that says what it was asked to run, or without one. */
async function resources(withNode: boolean): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'guild net-command-'));
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'guildnet', 'bin'), { recursive: true });
  await copyFile(inRepository('build', 'command', 'guildnet'), join(folder, 'bin', 'guildnet'));
  if (withNode) await spokenNode(join(folder, 'guildnet', 'bin', 'node'), 'own');
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function spokenNode(file: string, name: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' ${name} "$@"\n`);
  await chmod(file, 0o755);
}

describe.runIf(process.platform !== 'win32')('the command of a package', () => {
  test('runs on the Node beside it, called by a link, with every argument as it is', async () => {
    await using own = await resources(true);
    await symlink(join(own.folder, 'bin', 'guildnet'), join(own.folder, 'link'));
    const { stdout } = await run(join(own.folder, 'link'), ['exec', 'a b', '--', '$HOME', '']);
    const [name, script, ...args] = stdout.split('\n');
    expect([name, ...args]).toEqual(['own', 'exec', 'a b', '--', '$HOME', '', '']);
    expect(script).toContain('/guildnet/out/cli/main.js');
  });

  test('takes the Node of the PATH where it has none, and says what to do when there is none either', async () => {
    await using own = await resources(false);
    const tools = join(own.folder, 'tools');
    await mkdir(tools);
    for (const tool of ['dirname', 'readlink', 'sh']) await symlink(`/usr/bin/${tool}`, join(tools, tool));
    const env = { PATH: tools };
    const command = join(own.folder, 'bin', 'guildnet');
    await expect(run(command, ['ls'], { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Install it/),
    });
    await spokenNode(join(tools, 'node'), 'path');
    expect((await run(command, ['ls'], { env })).stdout).toMatch(/^path\n/);
  });
});
