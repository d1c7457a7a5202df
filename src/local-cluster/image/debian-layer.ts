import { appendFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '../build/artefact.ts';
import { runCommand, tryCommand } from '../run-command.ts';
import { recipeHash } from '../build/recipe-hash.ts';
import { ensureSystemPackages } from '../system-packages.ts';
import { ensureLayer } from './ensure-layer.ts';
import type { Layer } from './image-layout.ts';

/** The release of Debian that our images are made of. */
export const suite = 'bookworm';
export const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** What determines the layer. */
const debianRecipe = {
  suite,
  packages: [
    'ca-certificates',
    'curl',
    'git',
    'less',
    'libgssapi-krb5-2',
    'libkrb5-3',
    'nano',
    'openssh-client',
    'procps',
  ],
  arch: process.arch,
  layout: 1,
} as const;

/** What a workspace does not need, below the root. */
const contentsToDrop = [
  'dev',
  'var/cache/apt',
  'var/lib/apt/lists',
  'var/log',
  'usr/share/doc',
  'usr/share/man',
  'usr/share/info',
  'usr/share/locale',
];

/** The layer below all images that are more than one program. */
export function debianLayer(context: BuildContext): Promise<Layer> {
  return ensureLayer(context, 'debian', recipeHash([], debianRecipe), (root, work) => makeDebian(root, work, context));
}

/** A minimal Debian with a user 1000, in `root`. */
async function makeDebian(root: string, work: string, { report, signal }: BuildContext): Promise<void> {
  await ensureSystemPackages(
    [
      { package: 'debootstrap', provides: 'debootstrap' },
      { package: 'debian-archive-keyring', provides: keyring },
    ],
    report,
  );
  const step = 'Making the Debian layer';
  report({ step });
  const mirror = await debianMirror();
  // On a file system mounted "nodev" or "noexec" debootstrap says so itself.
  const target = join(work, 'debian');
  const args = ['--variant=minbase', `--include=${debianRecipe.packages.join(',')}`, suite, target];
  await runCommand('debootstrap', mirror === undefined ? args : [...args, mirror], {
    signal,
    doing: step,
    remedy:
      'Mend the cause above (often the network) and run the command again. `debootstrap/debootstrap.log` in the unfinished folder has more.',
  });
  for (const folder of contentsToDrop) await emptyFolder(join(target, folder));
  await appendFile(join(target, 'etc', 'passwd'), 'coder:x:1000:1000:coder:/home/coder:/bin/bash\n');
  await appendFile(join(target, 'etc', 'group'), 'coder:x:1000:\n');
  await mkdir(join(target, 'home'), { recursive: true });
  await rm(root, { recursive: true });
  await rename(target, root);
}

/** The mirror this machine's apt already uses for Debian; nothing (debootstrap's own choice) on other systems. Pure. */
export function mirrorOf(targets: string): string | undefined {
  for (const line of targets.split('\n')) {
    const [origin, label, component, uri] = line.split('|');
    if (origin === 'Debian' && label === 'Debian' && component === 'main' && uri !== undefined && uri !== '')
      return uri.trim();
  }
  return undefined;
}

/** As `mirrorOf` says, of this machine's apt. */
export async function debianMirror(): Promise<string | undefined> {
  const format = '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)';
  const { code, stdout } = await tryCommand('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  return code === 0 ? mirrorOf(stdout) : undefined;
}

async function emptyFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) await rm(join(folder, entry), { recursive: true });
}
