import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { gatewayVariable } from '../test/e2e-setup.ts';
import { appsPage } from './apps/apps-page.ts';
import { byWayPage, isWay, ways } from './apps/by-way-page.ts';
import type { Way } from './apps/by-way-page.ts';
import { leadsToPods } from './apps/leads-to-pods.ts';
import { inRepository } from './repository.ts';
import { runScript } from './run-script.ts';
import { withEndToEnd } from './testing/with-end-to-end.ts';

/** The first address that pods of the test cluster may have. */
const podAddress = '10.244.0.1';

/**
 * `npm run test:apps [-- Playwright arguments…]`: every real application in every place. A run of all of them writes docs/apps.md,
 * also when something failed: the page tells what was found. `--way=channels` (or another one) first: in tabs alone, through a gateway that lets no
 * better way through to the pods, or past the API server (`direct`); what it found goes into docs/apps-by-way.md.
 */
await runScript(() =>
  withEndToEnd(async ({ playwright, interrupted }) => {
    const named = /^--way=(.+)$/.exec(process.argv[2] ?? '')?.[1];
    const own = process.argv.slice(named === undefined ? 2 : 3);
    if (named !== undefined && !isWay(named)) {
      process.stderr.write(`There is no way ${named}; there are ${Object.keys(ways).join(', ')}.\n`);
      return 2;
    }
    if (named === 'direct' && !(await leadsToPods(podAddress))) {
      process.stderr.write(
        `No route of this machine leads to the pods (${podAddress}): something else would answer in their place.\n`,
      );
      return 1;
    }
    const args = named !== undefined && own.length === 0 ? ['-g', ': tab$'] : own;
    const code = await playwright('playwright.apps.config.ts', args, named === undefined ? {} : environmentOf(named));
    if (interrupted.aborted || (named === undefined && own.length > 0)) return code;
    const report: unknown = JSON.parse(await readFile(inRepository('test-results', 'apps.json'), 'utf8'));
    if (named === undefined) await writeFile(inRepository('docs', 'apps.md'), appsPage(report));
    else {
      const page = inRepository('docs', 'apps-by-way.md');
      await writeFile(page, byWayPage(existsSync(page) ? await readFile(page, 'utf8') : '', named, report));
    }
    return code;
  }),
);

/** By what a run goes one way. */
function environmentOf(way: Way): NodeJS.ProcessEnv {
  return way === 'direct' ? { HOSTAPP_DISABLE_API_PROXY: 'true' } : { [gatewayVariable]: way };
}
