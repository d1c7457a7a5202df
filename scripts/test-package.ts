import { progressLines } from '#cli/progress-lines.ts';
import { runInForeground } from './child.ts';
import { makePackages } from './packaging/make-packages.ts';
import { inRepository, root } from './repository.ts';
import { runScript } from './run-script.ts';
import { Preparation, unavailable } from './testing/preparation.ts';

/**
 * `npm run test:package`: makes the package as a folder, of the Electron that is installed here, and starts it as somebody who
 * unpacked it would. A command of its own, because packing alone takes longer than most levels' whole run has to spare.
 */
await runScript(async () => {
  const reason = unavailable('e2e');
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n`);
    return 1;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  const report = progressLines();
  await using preparation = new Preparation(report, interrupt.signal);
  return await preparation.for('e2e', async (env) => {
    const code = await makePackages({ testRuntime: true, targets: ['dir'] }, report);
    if (code !== 0) return code;
    const cli = inRepository('node_modules', '@playwright', 'test', 'cli.js');
    const args = [cli, 'test', '--config', 'playwright.package.config.ts', ...process.argv.slice(2)];
    return await runInForeground(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  });
});
