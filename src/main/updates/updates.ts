import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { UpdateState } from '#contract/desktop.ts';
import type { Log } from '#host/observability/log.ts';
import type { Settings } from '../settings/settings.ts';
import type { Feed } from './feed.ts';
import { makeUpdater } from './make-updater.ts';
import { updateProblem } from './update-problem.ts';
import { wayOf, type Way } from './way.ts';

/** Not while the app starts, and then twice a day, in ms. */
const firstLookMs = 60_000;
const everyMs = 12 * 3_600_000;

export interface Updates {
  state(): UpdateState;
  /** Asks now whether there is a newer version. */
  look(): Promise<UpdateState>;
  /** Fetches the one that is offered; it is put in place when the app ends. */
  download(): Promise<UpdateState>;
  /** Whether newer versions are looked for from now on. */
  choose(looks: boolean): UpdateState;
  close(): void;
}

export interface UpdatesOptions {
  feed: Feed;
  settings: Settings;
  publish: (state: UpdateState) => void;
  log: Log;
}

/** Newer versions: offered, fetched when the person wants them, put in place when the app ends. Without a place to ask nothing is asked. */
export function createUpdates({ feed, settings, publish, log }: UpdatesOptions): Updates {
  if ('off' in feed) {
    const state: UpdateState = { looks: false, off: feed.off, phase: 'idle' };
    const same = (): Promise<UpdateState> => Promise.resolve(state);
    return { state: () => state, look: same, download: same, choose: () => state, close: () => undefined };
  }
  const way = wayHere();
  const updater = openUpdater(feed.address, way, log);
  const looks = (): boolean => settings.now().looksForUpdates !== false;
  const byHand = way.isOwn ? {} : { byHand: { reason: way.reason, address: feed.address } };
  let state: UpdateState = { looks: looks(), phase: 'idle', ...byHand };

  function become(next: Omit<UpdateState, 'looks' | 'byHand'>): UpdateState {
    state = { looks: looks(), ...next, ...byHand };
    updater.autoInstallOnAppQuit = way.isOwn && state.looks;
    publish(state);
    return state;
  }

  async function look(): Promise<UpdateState> {
    if (state.phase === 'looking' || state.phase === 'downloading' || state.phase === 'ready') return state;
    become({ phase: 'looking' });
    try {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true
        ? become({ phase: 'offered', version: found.updateInfo.version })
        : become({ phase: 'current' });
    } catch (error) {
      log.warn({ err: error }, 'looking for a newer version failed');
      return become({ phase: 'failed', problem: updateProblem(error) });
    }
  }

  async function download(): Promise<UpdateState> {
    const { version, phase } = state;
    if (!way.isOwn || version === undefined || phase === 'downloading' || phase === 'ready') return state;
    become({ phase: 'downloading', version, percent: 0 });
    try {
      await updater.downloadUpdate();
      log.info({ version }, 'a newer version is ready and is put in place when the app ends');
      return become({ phase: 'ready', version });
    } catch (error) {
      log.warn({ err: error, version }, 'a newer version was not fetched');
      return become({ phase: 'failed', version, problem: updateProblem(error) });
    }
  }

  updater.on('download-progress', ({ percent }) => {
    const whole = Math.min(100, Math.max(0, Math.floor(percent)));
    if (state.phase !== 'downloading' || whole === state.percent) return;
    become({ ...state, percent: whole });
  });
  const lookByItself = (): void => {
    if (looks()) look().catch((error: unknown) => log.error({ err: error }, 'looking for a newer version broke'));
  };
  const first = setTimeout(lookByItself, firstLookMs);
  const again = setInterval(lookByItself, everyMs);

  return {
    state: () => state,
    look,
    download,
    choose(wanted) {
      settings.change({ looksForUpdates: wanted });
      const { version, phase } = state;
      return become({ phase, ...(version === undefined ? {} : { version }) });
    },
    close() {
      clearTimeout(first);
      clearInterval(again);
    },
  };
}

function wayHere(): Way {
  const appImage = process.env['APPIMAGE'];
  const own = appImage ?? app.getPath('exe');
  return wayOf({ platform: process.platform, appImage, isWritable: isWritable(dirname(own)) });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function openUpdater(address: string, way: Way, log: Log): AppUpdater {
  const updater = makeUpdater(process.platform);
  // The library wants a file that says where downloads are kept, as electron-builder would put into a package.
  const file = join(app.getPath('userData'), 'updates.yml');
  writeFileSync(file, 'updaterCacheDirName: guildnet-updater\n');
  updater.updateConfigPath = file;
  updater.logger = {
    info: (text: unknown) => log.debug({ text }, 'updates'),
    warn: (text: unknown) => log.info({ text }, 'updates'),
    error: (text: unknown) => log.info({ text }, 'updates'),
  };
  updater.autoDownload = false;
  updater.disableDifferentialDownload = true;
  // What cannot replace itself is still told of what there is.
  updater.forceDevUpdateConfig = !app.isPackaged || !way.isOwn;
  // By itself the library makes up an identity for each installation and tells the server.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  updater.setFeedURL({ provider: 'generic', url: address });
  return updater;
}
