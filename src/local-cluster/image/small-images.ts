import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ensureArtefact, type BuildContext } from '../build/artefact.ts';
import { ensureGoProgram, type GoToolchain } from '../build/build-go-program.ts';
import { echo, nodeInit } from '../build/go-programs.ts';
import { localImages } from '../images.ts';
import { runCommand } from '../run-command.ts';
import { ensureSystemPackages } from '../system-packages.ts';
import { imageLayout, type ImageManifest } from './image-layout.ts';
import { readLayer, writeLayer } from './write-layer.ts';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const busybox = '/bin/busybox';

/** Holds a pod's namespaces. */
export async function pauseImage(context: BuildContext, toolchain: () => Promise<GoToolchain>): Promise<ImageManifest> {
  const program = await ensureGoProgram(context, nodeInit, toolchain);
  const layer = await ensureLayer(context, 'pause', basename(program), async (root) => {
    await copyFile(join(program, 'node-init'), join(root, 'pause'));
  });
  const settings = { entrypoint: ['/pause'], user: '65535:65535', env: { PATH: path }, workingDir: '/' };
  return imageLayout(localImages.pause, settings, [layer], process.arch);
}

/** For tests of proxies: says what reached it. */
export async function echoImage(context: BuildContext, toolchain: () => Promise<GoToolchain>): Promise<ImageManifest> {
  const program = await ensureGoProgram(context, echo, toolchain);
  const layer = await ensureLayer(context, 'echo', basename(program), async (root) => {
    await copyFile(join(program, 'echo'), join(root, 'echo'));
  });
  const settings = { entrypoint: ['/echo'], user: '1000:1000', env: { PATH: path }, workingDir: '/', ports: [8080] };
  return imageLayout(localImages.echo, settings, [layer], process.arch);
}

/** A shell and small tools: the system's static busybox. */
export async function shellImage(context: BuildContext): Promise<ImageManifest> {
  await ensureSystemPackages([{ package: 'busybox-static', provides: busybox }], context.report);
  const digest = createHash('sha256')
    .update(await readFile(busybox))
    .digest('hex')
    .slice(0, 16);
  const layer = await ensureLayer(context, 'shell', `1-${digest}`, async (root) => {
    const bin = join(root, 'bin');
    for (const folder of [bin, ...['etc', 'proc', 'sys', 'dev', 'var', 'home', 'tmp'].map((name) => join(root, name))])
      await mkdir(folder);
    await copyFile(busybox, join(bin, 'busybox'));
    await chmod(join(bin, 'busybox'), 0o755);
    const tools = (await runCommand(busybox, ['--list'])).trim().split('\n');
    for (const tool of tools) if (tool !== 'busybox') await symlink('busybox', join(bin, tool));
    // mkdir's mode is cut by the umask.
    await chmod(join(root, 'tmp'), 0o1777);
    await chmod(join(root, 'home'), 0o1777);
    await writeFile(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/:/bin/sh\nuser:x:1000:1000:user:/home:/bin/sh\n');
    await writeFile(join(root, 'etc', 'group'), 'root:x:0:\nuser:x:1000:\n');
  });
  const settings = {
    entrypoint: ['/bin/sh'],
    user: '1000:1000',
    env: { PATH: path, HOME: '/home' },
    workingDir: '/home',
  };
  return imageLayout(localImages.shell, settings, [layer], process.arch);
}

async function ensureLayer(context: BuildContext, name: string, hash: string, fill: (root: string) => Promise<void>) {
  const folder = await ensureArtefact(context, `layer-${name}`, hash, async (target) => {
    context.report({ step: `Making the image ${name}` });
    const root = await mkdtemp(join(target, 'root-'));
    await fill(root);
    await writeLayer(root, target);
    await rm(root, { recursive: true });
  });
  return await readLayer(folder);
}
