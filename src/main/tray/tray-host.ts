import type { Log } from '#host/observability/log.ts';
import { pause } from '#host/pause.ts';
import { nameHasOwner } from './bus/ask-bus.ts';
import { busSockets } from './bus/bus-address.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const limitMs = 1_000;
const betweenMs = 500;

/**
 * Whether the system shows tray icons. macOS and Windows always do; a Linux desktop does when something owns the
 * StatusNotifierWatcher name on the session bus (freedesktop StatusNotifierItem), which plain GNOME for one does not.
 * Electron makes a tray without complaint either way, so a window that hides to it might be hidden for good. The bus is asked
 * without a program of its own, which not every system has.
 */
export async function hasTrayHost(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, log: Log): Promise<boolean> {
  if (platform !== 'linux') return true;
  return (await askTrayHost(env, log)) === 'shown';
}

/**
 * The same, for a start at login: the panel that shows trays may come up after us, and is waited for, for so long. Where there is no session
 * bus to ask there is nothing to wait for.
 */
export async function awaitTrayHost(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  { patienceMs, log }: { patienceMs: number; log: Log },
): Promise<boolean> {
  if (platform !== 'linux') return true;
  const end = performance.now() + patienceMs;
  for (;;) {
    const answer = await askTrayHost(env, log);
    if (answer !== 'none' || performance.now() > end) return answer === 'shown';
    await pause(betweenMs, new AbortController().signal);
  }
}

/** `no-bus`: there is nobody to ask. */
async function askTrayHost(env: NodeJS.ProcessEnv, log: Log): Promise<'shown' | 'none' | 'no-bus'> {
  for (const socket of busSockets(env)) {
    try {
      return (await nameHasOwner(socket, watcher, limitMs)) ? 'shown' : 'none';
    } catch (error) {
      // Nobody is there to ask, so nobody can be counted on to show the icon. No reason for noise: many machines have no bus.
      log.debug({ err: error }, 'the session bus could not be asked for a tray');
    }
  }
  return 'no-bus';
}
