/**
 * Whether a window can be shown: always on Windows and macOS, elsewhere when a display server is named.
 * An empty DISPLAY means none, as for X clients.
 */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}
