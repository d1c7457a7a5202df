import type { App } from 'electron';
import type { Settings } from '../settings/settings.ts';
import type { LoginItem } from './login-item.ts';

const hiddenArgs = ['--hidden'];

/**
 * Start at login on macOS and Windows, which have a list of their own. Windows keeps the arguments with it; on macOS there are none, and what
 * is chosen stands in the settings: `startsHidden` asks for it.
 */
export function systemLoginItem(app: App, settings: Settings): LoginItem {
  const isOn = (args: string[]): boolean => app.getLoginItemSettings({ args }).openAtLogin;
  return {
    read() {
      if (process.platform !== 'win32')
        return { atLogin: isOn([]), hidden: settings.now().startsHiddenAtLogin === true };
      const hidden = isOn(hiddenArgs);
      return { atLogin: hidden || isOn([]), hidden };
    },
    write({ atLogin, hidden }) {
      settings.change({ startsHiddenAtLogin: hidden });
      app.setLoginItemSettings({ openAtLogin: atLogin, args: hidden ? hiddenArgs : [] });
    },
  };
}
