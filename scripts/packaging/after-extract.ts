import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { GuildNetError } from '#contract/errors.ts';
import { pinnedElectronVersion } from '../runtime/electron-release.ts';
import { refusal } from './official-electron.ts';

/** electron-builder's hook: stops before anything is packed around an Electron that is not the official one. */
export default function afterExtract({ appOutDir, packager }: AfterPackContext): void {
  const version = readFileSync(join(appOutDir, 'version'), 'utf8').trim().replace(/^v/, '');
  const electronDist: unknown = packager.config.electronDist;
  const reason = refusal({ version, pinned: pinnedElectronVersion(), electronDist });
  if (reason === undefined) return;
  throw new GuildNetError('unsupported', `Not packaged: ${reason}`, {
    remedy: 'Unset electronDist and package where Electron’s download host answers.',
  });
}
