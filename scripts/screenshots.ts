import { progressLines } from '#cli/progress-lines.ts';
import { runInForeground } from './child.ts';
import { inRepository, root } from './repository.ts';
import { runScript } from './run-script.ts';
import { Preparation, unavailable } from './testing/preparation.ts';

/** `npm run screenshots [-- Playwright arguments…]`: pictures of every page and state, in both themes and two sizes, into docs/screenshots. */
await runScript(async () => {
  const reason = unavailable('e2e');
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n`);
    return 1;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  await using preparation = new Preparation(progressLines(), interrupt.signal);
  const playwright = inRepository('node_modules', '@playwright', 'test', 'cli.js');
  return await preparation.for('e2e', (env) =>
    runInForeground(
      process.execPath,
      [playwright, 'test', '--config', 'playwright.screenshots.config.ts', ...process.argv.slice(2)],
      { cwd: root, env: { ...process.env, ...env } },
    ),
  );
});
