import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { ReportProgress } from '#contract/progress.ts';
import { ensureSystemPackages, findProgram } from '#local-cluster/system-packages.ts';
import { buildApp } from '../build-app.ts';
import { runInForeground } from '../child.ts';
import { inRepository, root } from '../repository.ts';
import { ensureElectron } from '../runtime/electron-runtime.ts';
import { fileListOf, filesOf, listed, unpackedFolders } from './file-list.ts';
import { outputFolder } from './output-folder.ts';
import type { PackageArguments } from './package-arguments.ts';
import { stage } from './stage.ts';

/** Builds the app, gathers what goes beside it, and has electron-builder pack it all; its exit code. */
export async function makePackages(args: PackageArguments, report: ReportProgress): Promise<number> {
  await buildApp(report);
  const { version } = JSON.parse(await readFile(inRepository('package.json'), 'utf8')) as { version: string };
  await stage(inRepository('dist', 'staged'), version, report);
  const output = outputFolder(args.testRuntime);
  const given = [
    ...['--config', inRepository('build', 'electron-builder.yml'), '--publish', 'never', `--${process.arch}`],
    `-c.directories.output=${relative(root, output)}`,
    ...(args.testRuntime ? await testRuntime(report) : []),
    ...(args.targets.length === 0 ? [] : [platformOption(), ...args.targets]),
  ];
  const workshop = await mkdtemp(join(tmpdir(), 'guildnet-package-'));
  try {
    const cli = inRepository('node_modules', 'electron-builder', 'cli.js');
    const env = { ...process.env, ...(await tools(args, workshop, report)) };
    const code = await runInForeground(process.execPath, [cli, ...given], { cwd: root, env });
    if (code === 0) await listFiles(output, report);
    return code;
  } finally {
    await rm(workshop, { recursive: true });
  }
}

/** Writes beside each folder of an unpacked package what is in it. */
async function listFiles(output: string, report: ReportProgress): Promise<void> {
  for (const folder of unpackedFolders(await readdir(output))) {
    report({ step: `Listing what is in ${folder}` });
    await writeFile(join(output, fileListOf(folder)), listed(await filesOf(join(output, folder))));
  }
}

function platformOption(): string {
  return process.platform === 'darwin' ? '--mac' : process.platform === 'win32' ? '--win' : '--linux';
}

/** What makes electron-builder take the Electron that is installed here, and the package say so of itself. */
async function testRuntime(report: ReportProgress): Promise<string[]> {
  const { version } = await ensureElectron(report);
  const dist = join('node_modules', 'electron', 'dist');
  return [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`, '-c.extraMetadata.testRuntime=true'];
}

/**
 * The tools that electron-builder would download are taken from the system where Debian has them: 7-Zip for archives, and dpkg-deb
 * behind the arguments of fpm. Variables that are set already are a person's own choice.
 */
async function tools(
  { targets }: PackageArguments,
  workshop: string,
  report: ReportProgress,
): Promise<NodeJS.ProcessEnv> {
  const wanted = (target: string): boolean => targets.length === 0 || targets.includes(target);
  if (process.platform !== 'linux' || findProgram('dpkg-deb') === undefined) return {};
  const env: NodeJS.ProcessEnv = {};
  if (wanted('tar.gz') && process.env['ELECTRON_BUILDER_7ZIP_PATH'] === undefined) {
    await ensureSystemPackages([{ package: '7zip', provides: '7zz' }], report);
    env['ELECTRON_BUILDER_7ZIP_PATH'] = findProgram('7zz');
  }
  if (wanted('deb') && process.env['CUSTOM_FPM_PATH'] === undefined && process.env['USE_SYSTEM_FPM'] === undefined) {
    const fpm = join(workshop, 'fpm');
    const program = inRepository('scripts', 'packaging', 'deb', 'fpm.ts');
    await writeFile(fpm, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
    await chmod(fpm, 0o755);
    env['CUSTOM_FPM_PATH'] = fpm;
  }
  return env;
}
