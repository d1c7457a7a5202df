import { dialog, type BrowserWindow } from 'electron';
import type { Log } from '#host/observability/log.ts';
import type { Downloads } from '../downloads/downloads.ts';
import type { FollowedWorld } from '../follow-world.ts';
import type { Settings } from '../settings/settings.ts';
import { hasTrayHost } from '../tray/tray-host.ts';
import { decideClosing } from './closing.ts';
import { t } from '../words/words.ts';

export interface WindowClosingOptions {
  window: BrowserWindow;
  settings: Settings;
  world: FollowedWorld;
  downloads: Pick<Downloads, 'isBusy'>;
  quit: () => void;
  isQuitting: () => boolean;
  log: Log;
}

/** Closing the window leaves the app in the tray, or ends it where there is no tray to come back from, once that is understood. */
export function createWindowClosing(options: WindowClosingOptions): void {
  const { window, settings, world, downloads, quit, isQuitting, log } = options;
  let isLeaving = false;

  window.on('close', (event) => {
    if (isQuitting()) return;
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    leave()
      .catch((error: unknown) => log.error({ err: error }, 'the window could not be closed'))
      .finally(() => {
        isLeaving = false;
      });
  });

  async function leave(): Promise<void> {
    const closing = decideClosing({
      hasTray: await hasTrayHost(process.env, process.platform, log),
      isKnown: settings.now().endsWithWindow === true,
      world: world.now(),
      isDownloading: downloads.isBusy(),
    });
    if (closing.what === 'hide') return window.hide();
    if (closing.what === 'quit') return quit();
    const { message, detail } = closing;
    const buttons = [t().closing.quit, t().closing.keep];
    const { response, checkboxChecked } = await dialog.showMessageBox(window, {
      type: 'question',
      message,
      detail,
      buttons,
      defaultId: 1,
      cancelId: 1,
      checkboxLabel: t().closing.onlyWhen,
    });
    if (response !== 0) return;
    if (checkboxChecked) settings.change({ endsWithWindow: true });
    quit();
  }
}
