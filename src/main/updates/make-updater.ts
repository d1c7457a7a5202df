import { AppImageUpdater, MacUpdater, NsisUpdater, type AppUpdater } from 'electron-updater';
import { replaceProgram } from './replace-file.ts';

/**
 * electron-updater's own way removes the old file before it moves the new one, and starts that one while this one ends: with a full disk
 * nothing would be left. It is replaced whole or not at all, and not started.
 */
class AtomicAppImageUpdater extends AppImageUpdater {
  protected override doInstall(): boolean {
    const file = process.env['APPIMAGE'];
    const downloaded = this.downloadedUpdateHelper;
    const sha512 = downloaded?.downloadedFileInfo?.sha512;
    if (file === undefined || downloaded === null || downloaded.file === null || sha512 === undefined) return false;
    replaceProgram(file, downloaded.file, sha512);
    return true;
  }
}

/** The updater of this system. On Windows it checks who signed an installer, on macOS the system does; on Linux there is the announced SHA-512. */
export function makeUpdater(platform: NodeJS.Platform): AppUpdater {
  if (platform === 'win32') return new NsisUpdater();
  return platform === 'darwin' ? new MacUpdater() : new AtomicAppImageUpdater();
}
