import { join, resolve } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import type { Host } from '#host/host.ts';
import { createLog } from '#host/observability/log.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { parseAppArguments, usage, type AppArguments } from './arguments.ts';
import { linkScheme, readDeepLink, readLinkSchema, type ReadLink } from './deep-link/deep-link.ts';
import { openDesktop, type Desktop } from './desktop.ts';
import { desktopPaths } from './desktop-paths.ts';
import { takeLoginEnvironment } from './login-shell/take-environment.ts';
import { watchGpu } from './graphics/watch-gpu.ts';
import { keepShortcuts } from './keys/keep-shortcuts.ts';
import { createLifecycle } from './lifecycle.ts';
import { offerContextMenus } from './page-menu/offer-context-menus.ts';
import { prepareHost } from './prepare-host.ts';
import { askAboutProblem } from './problem/problem-window.ts';
import { shownFailure } from './problem/shown-failure.ts';
import { openRotatingFile } from './rotating-file.ts';
import { enforcePagePolicy } from './security/page-policy.ts';
import { openSettings } from './settings/settings.ts';
import { createStartup } from './startup/startup.ts';
import { registerUiScheme, uiOrigin } from './ui/ui-scheme.ts';
import { speak } from './words/words.ts';
import { setApplicationMenu } from './window/application-menu.ts';

const logBytes = 5_000_000;
/** Stopping sockets and watches is quick; a whole cluster with its pods takes longer, and must not be left behind. */
const stopMs = 10_000;
const localClusterStopMs = 60_000;
/** What a second start tells the first one. */
const secondStart = z.object({
  local: z.boolean(),
  hidden: z.boolean(),
  link: readLinkSchema.optional(),
});

function main(): void {
  const args = parseAppArguments(process.argv.slice(1), { unpackaged: !app.isPackaged });
  if ('problem' in args) return leave(2, process.stderr, `${args.problem}\n\n${usage}`);
  if (args.help) return leave(0, process.stdout, usage);
  if (args.version) return leave(0, process.stdout, `${app.getVersion()}\n`);
  start(args);
}

/** Ends before anything was started. */
function leave(code: number, stream: NodeJS.WriteStream, text: string): void {
  stream.write(text, () => app.exit(code));
}

function start(args: AppArguments): void {
  const { env, resourcesPath } = process;
  const paths = desktopPaths({
    env,
    home: resolve(defaultPaths(env).home),
    packaged: app.isPackaged,
    appPath: app.getAppPath(),
    resourcesPath,
  });
  if (paths.userData !== undefined && !app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', paths.userData);
  }
  if (!app.requestSingleInstanceLock(secondStart.parse(args))) {
    return leave(0, process.stdout, 'GuildNet is already running; its window is in front now.\n');
  }

  const file = openRotatingFile(paths.logFile, logBytes, (line) => process.stderr.write(line));
  const log = createLog({ level: 'info', destination: file });
  log.info({ version: app.getVersion(), electron: process.versions.electron, pid: process.pid }, 'starting');
  const settings = openSettings(join(app.getPath('userData'), 'desktop.json'), log);
  const shortcuts = keepShortcuts(settings, process.platform === 'darwin');
  let host: Host | undefined;
  let desktop: Desktop | undefined;
  /** A link that came before there was a window. */
  let waiting = args.link;
  const followLink = (link: ReadLink | undefined): void => {
    if (link === undefined) return;
    if (desktop === undefined) waiting = link;
    else desktop.follow(link);
  };

  const lifecycle = createLifecycle({
    log,
    stop: async () => {
      await desktop?.close();
      await host?.stop();
    },
    stopLimitMs: () => (desktop?.usesLocalCluster() === true ? localClusterStopMs : stopMs),
  });

  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { data: told } = secondStart.safeParse(data);
    // Such as when the session brings back what ran, and the login starts it as well.
    if (told?.hidden !== true) desktop?.show();
    followLink(told?.link);
    if (told?.local !== true) return;
    host?.client.cluster
      .startLocal()
      .catch((error: unknown) => log.warn({ err: error }, 'the local cluster did not start'));
  });
  app.on('activate', () => desktop?.show());
  // macOS hands links over like this, before the app is ready as well.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    followLink(readDeepLink(url));
  });

  const environment = takeLoginEnvironment(env, log);

  async function run(): Promise<void> {
    speak(settings.now().language, [app.getLocale()]);
    setApplicationMenu({ packaged: app.isPackaged, shortcuts, command: (command) => desktop?.command(command) });
    await environment;
    const started = await startHostOrAsk();
    if (lifecycle.isQuitting()) return;
    if (started === undefined) return lifecycle.quit(1);
    const { quit, isQuitting } = lifecycle;
    const devServer = app.isPackaged ? undefined : env['ELECTRON_RENDERER_URL'];
    const uiUrl = devServer ?? `${uiOrigin}/`;
    const startup = createStartup({ settings, isAskedFor: args.hidden && waiting === undefined, log });
    desktop = openDesktop({
      host: started,
      paths,
      settings,
      shortcuts,
      startup,
      uiUrl,
      log,
      quit: () => quit(0),
      isQuitting,
    });
    followLink(waiting);
  }

  /** Starts the host, as often as the person wants it tried; undefined when they have had enough. */
  async function startHostOrAsk(): Promise<Host | undefined> {
    for (;;) {
      try {
        host = await prepareHost({ env, paths, version: app.getVersion(), local: args.local, log });
        await host.start();
        return host;
      } catch (error) {
        if (lifecycle.isQuitting()) return undefined;
        log.error({ err: error }, 'the host did not start');
        await host?.stop();
        const failure = shownFailure(error);
        process.stderr.write(`${[failure.message, failure.remedy].filter(Boolean).join('\n')}\n`);
        const icon = join(paths.iconDir, 'icon.png');
        const choice = await askAboutProblem({ ...failure, logFile: paths.logFile }, icon, log);
        if (choice === 'quit') return undefined;
      }
    }
  }

  registerUiScheme();
  registerLinks();
  // What Chromium has to say to its developers, such as that there is no session bus, is no news for the person at the terminal.
  if (!app.commandLine.hasSwitch('enable-logging')) app.commandLine.appendSwitch('log-level', '3');
  if (settings.now().softwareRenderingIn === app.getVersion()) app.disableHardwareAcceleration();
  watchGpu(log, () => settings.change({ softwareRenderingIn: app.getVersion() }));
  // An AppImage's starter gives it where a system has no user namespaces, and nobody would know.
  if (app.isPackaged && app.commandLine.hasSwitch('no-sandbox'))
    log.warn("Chromium's sandbox is off (--no-sandbox): a page that breaks out of its process has this account");
  // With --no-sandbox (root has no other way) this would let Chromium refuse to start its processes.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  enforcePagePolicy(log);
  offerContextMenus(log, !app.isPackaged);
  // Not a top-level await: Electron becomes ready only after this module has been evaluated.
  app.whenReady().then(run).catch(lifecycle.fail);
}

/** On Linux the package's `.desktop` file says that links are ours; elsewhere the installed app says it itself. */
function registerLinks(): void {
  if (process.platform !== 'linux' && app.isPackaged) app.setAsDefaultProtocolClient(linkScheme.replace(':', ''));
}

main();
