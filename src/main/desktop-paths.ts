import { join } from 'node:path';

export interface DesktopPaths {
  /** Where GuildNet keeps what must not be lost (GUILDNET_HOME). */
  readonly home: string;
  /** Where Chromium keeps its profile; undefined: Electron's own place for this user. */
  readonly userData: string | undefined;
  readonly logFile: string;
  /** The recipe sources of the local cluster. */
  readonly recipeDir: string;
  /** The folder that holds the sources of the tailnet node, `tailnet-node/`, or, packaged, its program in `bin/`. */
  readonly tailnetDir: string;
  /** The built page. */
  readonly uiDir: string;
  readonly preload: string;
  /** The folder with tray and window icons. */
  readonly iconDir: string;
}

/**
 * Every place on disk that the desktop uses. Sources and icons lie in the checkout, or, in a packaged app, outside the
 * archive among its resources, where other programs (the Go compiler, the desktop's tray) can read them.
 * With GUILDNET_HOME set the browser profile lies below it too, so that instances of different homes run side by side.
 */
export function desktopPaths(options: {
  env: NodeJS.ProcessEnv;
  home: string;
  packaged: boolean;
  appPath: string;
  resourcesPath: string;
}): DesktopPaths {
  const { env, home, packaged, appPath, resourcesPath } = options;
  // Laid out like a checkout: what is outside the archive for other programs, the command line among them.
  const outside = packaged ? join(resourcesPath, 'guildnet') : appPath;
  const homeIsChosen = (env['GUILDNET_HOME'] ?? '') !== '';
  return {
    home,
    userData: homeIsChosen ? join(home, 'desktop') : undefined,
    logFile: join(home, 'logs', 'desktop.log'),
    recipeDir: join(outside, 'src', 'local-cluster', 'recipe'),
    tailnetDir: outside,
    uiDir: join(appPath, 'out', 'renderer'),
    preload: join(appPath, 'out', 'preload', 'preload.cjs'),
    iconDir: packaged ? join(resourcesPath, 'icons') : join(appPath, 'build'),
  };
}
