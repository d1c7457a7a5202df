import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportProgress } from '#contract/progress.ts';
import { ensureTailnetNode } from '#local-cluster/build/tailnet-node.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { inRepository } from '../repository.ts';
import { bundleCli } from './bundle-cli.ts';

const windows = process.platform === 'win32';
const program = (name: string): string => (windows ? `${name}.exe` : name);

/**
 * Makes the folder of what lies beside the archive in a package, from nothing each time:
 *
 *     bin/guildnet          the command, for a PATH
 *     guildnet/             what the command finds as its root, laid out like a checkout
 *       bin/                the tailnet node, and the Node that the command runs on (macOS: none)
 *       out/cli, out/renderer, src/local-cluster/recipe, package.json
 *
 * The tailnet node is built from its recipe unless the cache has it. The app must have been built.
 */
export async function stage(folder: string, version: string, report: ReportProgress): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const home = join(folder, 'guildnet');
  const bin = join(home, 'bin');
  await mkdir(bin, { recursive: true });
  const cacheDir = defaultPaths(process.env).cache;
  const recipeDir = inRepository('src', 'local-cluster', 'recipe');
  const tailnetNode = await ensureTailnetNode({ cacheDir, recipeDir, report }, inRepository());
  await copyFile(tailnetNode, join(bin, program('tailnet-node')));
  const nodePackage = nodePackageHere();
  if (nodePackage !== undefined) await copyFile(join(nodePackage, 'bin', program('node')), join(bin, program('node')));

  report({ step: 'Bundling the command line' });
  await bundleCli(join(home, 'out', 'cli'), inRepository('out', 'packages', 'cli.json'));
  await cp(inRepository('out', 'renderer'), join(home, 'out', 'renderer'), { recursive: true });
  await cp(recipeDir, join(home, 'src', 'local-cluster', 'recipe'), { recursive: true });
  await writeFile(join(home, 'package.json'), `${JSON.stringify({ name: 'guildnet', version, type: 'module' })}\n`);
  await command(join(folder, 'bin'));
}

/** The npm package with the Node of this platform, as in `scripts/bootstrap.mjs`. */
export function nodePackageHere(): string | undefined {
  const folder = inRepository('node_modules', `node-${windows ? 'win' : process.platform}-${process.arch}`);
  return existsSync(folder) ? folder : undefined;
}

async function command(folder: string): Promise<void> {
  await mkdir(folder);
  const name = windows ? 'guildnet.cmd' : 'guildnet';
  await copyFile(inRepository('build', 'command', name), join(folder, name));
  await chmod(join(folder, name), 0o755);
}
