import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '#local-cluster/build/artefact.ts';
import { recipeHash } from '#local-cluster/build/recipe-hash.ts';
import { debianMirror, keyring, suite } from '#local-cluster/image/debian-layer.ts';
import { ensureLayer } from '#local-cluster/image/ensure-layer.ts';
import type { Layer } from '#local-cluster/image/image-layout.ts';
import { runCommand } from '#local-cluster/run-command.ts';

/** What packages carry and nobody here reads. */
const unread = ['usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/info', 'usr/share/lintian'];
const debianNames: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Debian packages, with what they depend on, as a layer on `base`. They are only unpacked: none of ours needs its maintainer
 * scripts, and so this takes seconds and no other root file system. The machine's own apt is not touched.
 */
export function debianPackagesLayer(
  context: BuildContext,
  base: Layer,
  name: string,
  packages: readonly string[],
): Promise<Layer> {
  const hash = recipeHash([], { suite, packages, base: base.diffId, arch: process.arch, layout: 1 });
  return ensureLayer(context, `test-debian-${name}`, hash, (root, work) => unpack(context, base, packages, root, work));
}

async function unpack(
  { report, signal }: BuildContext,
  base: Layer,
  packages: readonly string[],
  root: string,
  work: string,
): Promise<void> {
  const doing = `Fetching Debian's ${packages.join(' ')}`;
  report({ step: doing });
  const apt = await ownApt(base, work);
  const options = { doing, signal, remedy: 'Mend the cause above (often the network) and run the command again.' };
  await runCommand('apt-get', [...apt, 'update', '-q'], options);
  await runCommand(
    'apt-get',
    [...apt, '--no-install-recommends', '-q', '-y', '--download-only', 'install', ...packages],
    options,
  );
  // A base with merged /usr: a package's /lib is the same folder as its /usr/lib.
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(root, 'usr', folder), { recursive: true });
    await symlink(`usr/${folder}`, join(root, folder));
  }
  const archives = join(work, 'apt', 'cache', 'archives');
  const files = (await readdir(archives)).filter((file) => file.endsWith('.deb'));
  const excluded = unread.map((path) => `--exclude=./${path}/*`).join(' ');
  for (const file of files) {
    const script = `dpkg-deb --fsys-tarfile "$1" | tar -x --no-same-owner --keep-directory-symlink ${excluded} -C "$2"`;
    await runCommand('sh', ['-ec', script, 'sh', join(archives, file), root], { doing: `Unpacking ${file}`, signal });
  }
}

/** Arguments that make apt-get work in `work` on the packages of `base`, whatever system this machine runs. */
async function ownApt(base: Layer, work: string): Promise<string[]> {
  const at = (...parts: string[]): string => join(work, 'apt', ...parts);
  for (const folder of [at('lists', 'partial'), at('cache', 'archives', 'partial'), at('etc')])
    await mkdir(folder, { recursive: true });
  const status = await runCommand('tar', ['-xOf', base.file, 'var/lib/dpkg/status'], { doing: 'Reading the base' });
  await writeFile(at('status'), status);
  const mirror = (await debianMirror()) ?? 'http://deb.debian.org/debian';
  await writeFile(at('sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  const settings = {
    Dir: at(),
    'Dir::Etc': at('etc'),
    'Dir::Etc::SourceList': at('sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': at('lists'),
    'Dir::State::status': at('status'),
    'Dir::Cache': at('cache'),
    'APT::Architecture': debianNames[process.arch] ?? process.arch,
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': 'true',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}
