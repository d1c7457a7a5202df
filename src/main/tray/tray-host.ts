import type { Log } from '#host/observability/log.ts';
import { nameHasOwner } from './bus/ask-bus.ts';
import { busSockets } from './bus/bus-address.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const limitMs = 1_000;

/**
 * Whether the system shows tray icons. macOS and Windows always do; a Linux desktop does when something owns the
 * StatusNotifierWatcher name on the session bus (freedesktop StatusNotifierItem), which plain GNOME for one does not.
 * Electron makes a tray without complaint either way, so a window that hides to it might be hidden for good. The bus is asked
 * without a program of its own, which not every system has.
 */
export async function hasTrayHost(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, log: Log): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const socket of busSockets(env)) {
    try {
      return await nameHasOwner(socket, watcher, limitMs);
    } catch (error) {
      // Nobody is there to ask, so nobody can be counted on to show the icon. No reason for noise: many machines have no bus.
      log.debug({ err: error }, 'the session bus could not be asked for a tray');
    }
  }
  return false;
}
