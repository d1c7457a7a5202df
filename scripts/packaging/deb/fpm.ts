import { chmod, copyFile, cp, lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInForeground } from '../../child.ts';
import { runScript } from '../../run-script.ts';
import { controlFile, fpmArguments, type DebRequest } from './fpm-arguments.ts';

/** Takes the arguments of fpm and makes the deb with dpkg-deb, which every Debian has: electron-builder's own fpm would be downloaded. */
await runScript(async () => {
  const request = fpmArguments(process.argv.slice(2));
  const tree = await mkdtemp(join(tmpdir(), 'guildnet-deb-'));
  try {
    await chmod(tree, 0o755);
    for (const { from, to } of request.files) await put(from, join(tree, to));
    await openToAll(tree);
    const installed = await sizeOf(tree);
    await mkdir(join(tree, 'DEBIAN'));
    await writeFile(join(tree, 'DEBIAN', 'control'), controlFile(request, Math.ceil(installed / 1024)));
    await script(request, 'after-install', join(tree, 'DEBIAN', 'postinst'));
    await script(request, 'after-remove', join(tree, 'DEBIAN', 'postrm'));
    const args = ['--root-owner-group', `-Z${request['deb-compression']}`, '--build', tree, request.package];
    return await runInForeground('dpkg-deb', args);
  } finally {
    await rm(tree, { recursive: true });
  }
});

async function put(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
}

async function script(request: DebRequest, name: 'after-install' | 'after-remove', to: string): Promise<void> {
  const from = request[name];
  if (from === undefined) return;
  await copyFile(from, to);
  await chmod(to, 0o755);
}

/** Whatever the umask of who packages it: anybody may read what is installed, and run what its owner may run. */
async function openToAll(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  await chmod(path, found.isDirectory() || (found.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of await readdir(path)) await openToAll(join(path, name));
}

async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path);
  if (!found.isDirectory()) return found.size;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
