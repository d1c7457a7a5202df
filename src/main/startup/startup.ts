import { app } from 'electron';
import type { StartupChoice, StartupState } from '#contract/desktop.ts';
import type { Log } from '#host/observability/log.ts';
import type { Settings } from '../settings/settings.ts';
import { awaitTrayHost, hasTrayHost } from '../tray/tray-host.ts';
import type { Command } from './autostart-entry.ts';
import type { LoginItem } from './login-item.ts';
import { systemLoginItem } from './system-login-item.ts';
import { autostartFile, xdgLoginItem } from './xdg-login-item.ts';

/** How long a panel that shows trays may take to come up after a login, in ms. */
const trayPatienceMs = 15_000;

export interface Startup {
  state(): Promise<StartupState>;
  choose(choice: StartupChoice): Promise<StartupState>;
  /** Whether this start shows no window: it was asked for, and there is a tray to come back from. */
  isHidden(): Promise<boolean>;
}

/** Starting at login, and starting without a window. `isAskedFor`: by an argument. */
export function createStartup(options: { settings: Settings; isAskedFor: boolean; log: Log }): Startup {
  const { settings, isAskedFor, log } = options;
  const item = loginItemOf(settings);
  const { env, platform } = process;

  const state = async (): Promise<StartupState> => ({
    ...item.read(),
    hasTray: await hasTrayHost(env, platform, log),
  });
  return {
    state,
    choose(choice) {
      item.write(choice);
      log.info(choice, 'what starts at login was chosen');
      return state();
    },
    async isHidden() {
      const byLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
      if (!isAskedFor && !(byLogin && settings.now().startsHiddenAtLogin === true)) return false;
      if (await awaitTrayHost(env, platform, { patienceMs: trayPatienceMs, log })) return true;
      log.info('a start without a window was asked for, but nothing shows a tray to open it from');
      return false;
    },
  };
}

function loginItemOf(settings: Settings): LoginItem {
  if (process.platform !== 'linux') return systemLoginItem(app, settings);
  return xdgLoginItem(autostartFile(process.env, app.getPath('home')), ownCommand());
}

/** An AppImage is mounted at another place each time; it says itself where its file is. */
function ownCommand(): Command {
  const program = app.isPackaged ? (process.env['APPIMAGE'] ?? process.execPath) : process.execPath;
  return { program, args: app.isPackaged ? [] : [app.getAppPath()] };
}
