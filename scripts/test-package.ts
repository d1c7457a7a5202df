import { makePackages } from './packaging/make-packages.ts';
import { runScript } from './run-script.ts';
import { withEndToEnd } from './testing/with-end-to-end.ts';

/**
 * `npm run test:package`: makes the package as a folder, of the Electron that is installed here, and starts it as somebody who
 * unpacked it would. A command of its own, because packing alone takes longer than most levels' whole run has to spare.
 */
await runScript(() =>
  withEndToEnd(async ({ playwright, report }) => {
    const code = await makePackages({ testRuntime: true, targets: ['dir'] }, report);
    return code === 0 ? await playwright('playwright.package.config.ts', process.argv.slice(2)) : code;
  }),
);
