import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arch, type AfterPackContext } from 'electron-builder';
import { GuildNetError } from '#contract/errors.ts';
import { pinnedElectronVersion } from '../runtime/electron-release.ts';
import { refusal } from './official-electron.ts';

/**
 * electron-builder's hook: stops before anything is packed around an Electron that is not the official one, or for another
 * machine than this one, whose Node and tailnet node go in.
 */
export default function afterExtract({ appOutDir, packager, arch, electronPlatformName }: AfterPackContext): void {
  const version = readFileSync(join(appOutDir, 'version'), 'utf8').trim().replace(/^v/, '');
  const electronDist: unknown = packager.config.electronDist;
  const metadata: unknown = packager.config.extraMetadata;
  const testRuntime =
    typeof metadata === 'object' && metadata !== null && 'testRuntime' in metadata && metadata.testRuntime === true;
  const reason =
    refusal({ version, pinned: pinnedElectronVersion(), electronDist, testRuntime }) ??
    foreign(`${electronPlatformName} ${Arch[arch]}`);
  if (reason === undefined) return;
  throw new GuildNetError('unsupported', `Not packaged: ${reason}`, {
    remedy: 'Run "npm run package" without other options, on a machine of the kind that the package is for.',
  });
}

function foreign(machine: string): string | undefined {
  const here = `${process.platform} ${process.arch}`;
  return machine === here ? undefined : `this is for ${machine}, and what goes in was built for ${here}.`;
}
