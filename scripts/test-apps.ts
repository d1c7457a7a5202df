import { readFile, writeFile } from 'node:fs/promises';
import { gatewayVariable } from '../test/e2e-setup.ts';
import { appsPage } from './apps/apps-page.ts';
import { inRepository } from './repository.ts';
import { runScript } from './run-script.ts';
import { withEndToEnd } from './testing/with-end-to-end.ts';

/**
 * `npm run test:apps [-- Playwright arguments…]`: every real application in every place. A run of all of them writes docs/apps.md,
 * also when something failed: the page tells what was found. `--way=channels` (or another one) first: through a gateway that lets no
 * better way through to the pods; such a run writes nothing.
 */
await runScript(() =>
  withEndToEnd(async ({ playwright, interrupted }) => {
    const way = /^--way=(.+)$/.exec(process.argv[2] ?? '')?.[1];
    const own = process.argv.slice(way === undefined ? 2 : 3);
    const code = await playwright(
      'playwright.apps.config.ts',
      own,
      way === undefined ? {} : { [gatewayVariable]: way },
    );
    if (own.length === 0 && way === undefined && !interrupted.aborted) {
      const report: unknown = JSON.parse(await readFile(inRepository('test-results', 'apps.json'), 'utf8'));
      await writeFile(inRepository('docs', 'apps.md'), appsPage(report));
    }
    return code;
  }),
);
