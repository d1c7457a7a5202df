import { buildApp } from './build-app.ts';
import { runInForeground } from './child.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { inRepository, root } from './repository.ts';
import { runScript } from './run-script.ts';

/** `npm run package [-- electron-builder's arguments]`: builds the app and packs it for this platform into dist/. */
async function main(): Promise<number> {
  await buildApp(progressLines());
  const cli = inRepository('node_modules', 'electron-builder', 'cli.js');
  const args = [
    '--config',
    inRepository('build', 'electron-builder.yml'),
    '--publish',
    'never',
    ...process.argv.slice(2),
  ];
  return runInForeground(process.execPath, [cli, ...args], { cwd: root });
}

await runScript(main);
