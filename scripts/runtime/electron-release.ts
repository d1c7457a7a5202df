import { readFileSync } from 'node:fs';
import { GuildNetError } from '#contract/errors.ts';
import { runQuietly, tail } from '../child.ts';
import { inRepository } from '../repository.ts';

/** How long the release host has to answer, in milliseconds. Longer is as good as never for someone who waits. */
const patience = 8_000;

/** Where the official build of a version stands; the same address that Electron's own installer uses. */
export function releaseAddress(version: string, platform: string, arch: string): string {
  return `https://github.com/electron/electron/releases/download/v${version}/electron-v${version}-${platform}-${arch}.zip`;
}

/** The version of Electron that package.json pins. */
export function pinnedElectronVersion(): string {
  const manifest = JSON.parse(
    readFileSync(inRepository('node_modules', 'electron', 'package.json'), 'utf8'),
  ) as unknown;
  return (manifest as { version: string }).version;
}

let answered: Promise<boolean> | undefined;

/** Whether the official build can be had from here right now. Asked once in a run: a host that was silent is not waited for again. */
export function officialAnswers(): Promise<boolean> {
  answered ??= firstByte(releaseAddress(pinnedElectronVersion(), process.platform, process.arch));
  return answered;
}

/** The file itself is asked for, because the release host sends it on to another host that may be the silent one. */
async function firstByte(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { headers: { range: 'bytes=0-0' }, signal: AbortSignal.timeout(patience) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // No name, no route, no answer in time, a certificate of someone in between: in each case not to be had here.
    return false;
  }
}

/** Runs Electron's own installer, which checks the build against the hashes in its package. */
export async function downloadOfficial(): Promise<void> {
  const { code, output } = await runQuietly(process.execPath, [inRepository('node_modules', 'electron', 'install.js')]);
  if (code === 0) return;
  throw new GuildNetError('unsupported', `Electron could not be downloaded:\n${tail(output, 5)}`, {
    remedy: 'Run the same command again when the network is there, or set ELECTRON_MIRROR to a mirror that you trust.',
  });
}
