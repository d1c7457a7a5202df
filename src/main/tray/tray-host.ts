import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const limitMs = 1_000;

/**
 * Whether the system shows tray icons. macOS and Windows always do; a Linux desktop does when something owns the
 * StatusNotifierWatcher name on the session bus (freedesktop StatusNotifierItem), which plain GNOME for one does not.
 * Electron makes a tray without complaint either way, so a window that hides to it might be hidden for good.
 */
export async function hasTrayHost(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  if (!env['DBUS_SESSION_BUS_ADDRESS'] && !env['XDG_RUNTIME_DIR']) return false;
  const bus = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner'];
  const question = ['--session', '--print-reply', ...bus, 'string:org.kde.StatusNotifierWatcher'];
  try {
    const { stdout } = await run('dbus-send', question, { timeout: limitMs });
    return stdout.includes('boolean true');
  } catch {
    // No dbus-send or no bus: nobody is there to ask, so nobody can be counted on to show the icon.
    return false;
  }
}
