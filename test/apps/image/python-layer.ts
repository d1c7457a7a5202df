import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '#local-cluster/build/artefact.ts';
import { ensurePip } from '#local-cluster/build/go-wheel.ts';
import { recipeFiles, recipeHash } from '#local-cluster/build/recipe-hash.ts';
import { ensureLayer } from '#local-cluster/image/ensure-layer.ts';
import type { Layer } from '#local-cluster/image/image-layout.ts';
import { runCommand, tryCommand } from '#local-cluster/run-command.ts';

/** Debian bookworm's Python. */
const version = '3.11';
const wheelArchitectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64' };
/** glibc's versions that wheels are built for, up to Debian bookworm's. */
const manylinux = ['2_5', '2_12', '2_17', '2_24', '2_26', '2_27', '2_28', '2_31', '2_34', '2_35', '2_36'];

/**
 * A virtual environment at /opt/<app> with the wheels that the recipe's requirements.txt pins by hash, on the Python of `below`.
 * Compiled as it will run: pods cannot write there, and would do it again at each start.
 */
export async function pythonLayer(
  context: BuildContext,
  app: string,
  recipe: string,
  below: readonly Layer[],
): Promise<Layer> {
  const requirements = (await recipeFiles(recipe)).filter(({ path }) => path === 'requirements.txt');
  const hash = recipeHash(requirements, {
    version,
    arch: process.arch,
    layout: 2,
    below: below.map(({ diffId }) => diffId),
  });
  return ensureLayer(context, `test-${app}-python`, hash, async (root, work) => {
    const environment = join(root, 'opt', app);
    await installWheels(context, app, join(recipe, 'requirements.txt'), environment);
    await compile(context, app, environment, below, work);
  });
}

async function installWheels(context: BuildContext, app: string, requirements: string, target: string): Promise<void> {
  const doing = `Fetching ${app}'s Python packages`;
  context.report({ step: doing });
  await ensurePip(context);
  const machine = wheelArchitectures[process.arch] ?? process.arch;
  const packages = join(target, 'lib', `python${version}`, 'site-packages');
  await mkdir(packages, { recursive: true });
  const quietly = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--no-compile'];
  const pinned = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--requirement', requirements];
  const platforms = manylinux.flatMap((glibc) => ['--platform', `manylinux_${glibc}_${machine}`]);
  await runCommand(
    'python3',
    ['-m', 'pip', 'install', ...quietly, ...pinned, ...platforms, '--python-version', version, '--target', packages],
    { doing, signal: context.signal, remedy: 'Mend the cause above (often the network) and run the command again.' },
  );
  // pip puts beside the packages what belongs into the environment; the scripts name this machine's Python.
  await rm(join(packages, 'bin'), { recursive: true, force: true });
  const present = await readdir(packages);
  for (const folder of ['share', 'etc'].filter((name) => present.includes(name)))
    await rename(join(packages, folder), join(target, folder));
  await mkdir(join(target, 'bin'));
  await symlink('/usr/bin/python3', join(target, 'bin', 'python'));
  await writeFile(join(target, 'pyvenv.cfg'), `home = /usr/bin\ninclude-system-site-packages = false\n`);
}

/** In a root of its own, because only the Python that will read it writes what it can read. */
async function compile(
  { report, signal }: BuildContext,
  app: string,
  environment: string,
  below: readonly Layer[],
  work: string,
): Promise<void> {
  report({ step: `Compiling ${app}'s Python packages` });
  const root = join(work, 'compile');
  await mkdir(join(root, 'opt'), { recursive: true });
  for (const { file } of below)
    await runCommand('tar', ['-xf', file, '--keep-directory-symlink', '-C', root], { doing: 'Unpacking', signal });
  const inside = join(root, 'opt', app);
  await rename(environment, inside);
  const args = [root, `/opt/${app}/bin/python`, '-m', 'compileall', '-q'];
  // Layers carry no times, by which compiled files would be matched to their sources. It ends with 1 where a file does not
  // compile, and some packages carry such files on purpose: that the application starts shows in the tests.
  const { code, tail } = await tryCommand(
    'chroot',
    [...args, '--invalidation-mode', 'unchecked-hash', `/opt/${app}/lib`],
    { signal },
  );
  if (code > 1 || tail !== '') throw new Error(`Compiling ${app}'s Python packages failed:\n${tail}`);
  await rename(inside, environment);
}
