import { needsLocalCluster } from './cluster-choice.ts';
import { runInForeground } from './child.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { inRepository, root } from './repository.ts';
import { runScript } from './run-script.ts';
import { hasDisplay } from './runtime/display.ts';
import { parseStartOptions, usage } from './start-options.ts';

/** `npm start`: brings what is missing, then runs the app in its window or the host without one. */
async function main(): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2));
  if ('error' in options) {
    process.stderr.write(`${options.error}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const local = options.local || localClusterByItself();
  return options.headless || !hasDisplay(process.env, process.platform) ? startHost(local) : startWindow(local);
}

/** With no cluster to use, root on Linux gets the local one without being asked; for others the host explains what to do. */
function localClusterByItself(): boolean {
  return isRootOnLinux() && needsLocalCluster(process.env);
}

function isRootOnLinux(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

async function startHost(local: boolean): Promise<number> {
  const { buildApp, builtRenderer } = await import('./build-app.ts');
  await buildApp(progressLines());
  const cli = inRepository('src', 'cli', 'main.ts');
  return runInForeground(process.execPath, [cli, 'serve', '--ui', builtRenderer, ...(local ? ['--local'] : [])]);
}

async function startWindow(local: boolean): Promise<number> {
  const report = progressLines();
  const { ensureElectron } = await import('./runtime/electron-runtime.ts');
  const { ensureElectronLibraries } = await import('./runtime/shared-libraries.ts');
  const { buildApp } = await import('./build-app.ts');
  const electron = await ensureElectron(report);
  await ensureElectronLibraries(electron.path, report);
  await buildApp(report);
  const rootOnLinux = isRootOnLinux();
  if (rootOnLinux)
    process.stderr.write('Running as root, for whom Chromium has no sandbox: starting with --no-sandbox.\n');
  // Chromium's switches stand before the app's folder, the app's own arguments behind it.
  const args = [...(rootOnLinux ? ['--no-sandbox'] : []), root, ...(local ? ['--local'] : [])];
  return runInForeground(electron.path, args);
}

await runScript(main);
