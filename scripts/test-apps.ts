import { readFile, writeFile } from 'node:fs/promises';
import { progressLines } from '#cli/progress-lines.ts';
import { gatewayVariable } from '../test/e2e-setup.ts';
import { appsPage } from './apps/apps-page.ts';
import { runInForeground } from './child.ts';
import { inRepository, root } from './repository.ts';
import { runScript } from './run-script.ts';
import { Preparation, unavailable } from './testing/preparation.ts';

/**
 * `npm run test:apps [-- Playwright arguments…]`: every real application in every place. A run of all of them writes docs/apps.md,
 * also when something failed: the page tells what was found. `--way=channels` (or another one) first: through a gateway that lets no
 * better way through to the pods; such a run writes nothing.
 */
await runScript(async () => {
  const reason = unavailable('e2e');
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n`);
    return 1;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  const way = /^--way=(.+)$/.exec(process.argv[2] ?? '')?.[1];
  const own = process.argv.slice(way === undefined ? 2 : 3);
  await using preparation = new Preparation(progressLines(), interrupt.signal);
  const args = [
    inRepository('node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    '--config',
    'playwright.apps.config.ts',
  ];
  const code = await preparation.for('e2e', (env) =>
    runInForeground(process.execPath, [...args, ...own], {
      cwd: root,
      env: { ...process.env, ...env, ...(way === undefined ? {} : { [gatewayVariable]: way }) },
    }),
  );
  if (own.length === 0 && way === undefined && !interrupt.signal.aborted) {
    const report: unknown = JSON.parse(await readFile(inRepository('test-results', 'apps.json'), 'utf8'));
    await writeFile(inRepository('docs', 'apps.md'), appsPage(report));
  }
  return code;
});
