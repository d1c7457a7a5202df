import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileListOf, firstList } from './packaging/file-list.ts';
import { makePackages } from './packaging/make-packages.ts';
import { outputFolder } from './packaging/output-folder.ts';
import { runScript } from './run-script.ts';
import { withEndToEnd } from './testing/with-end-to-end.ts';

/**
 * `npm run test:package`: makes the package as a folder, of the Electron that is installed here, and starts it as somebody who
 * unpacked it would. It is made twice, since it is to be the same each time. A command of its own, because packing alone takes longer than most levels' whole run has to spare.
 */
await runScript(() =>
  withEndToEnd(async ({ playwright, report }) => {
    const output = outputFolder(true);
    const list = join(output, fileListOf('linux-unpacked'));
    for (const copy of [join(output, firstList), undefined]) {
      const code = await makePackages({ testRuntime: true, targets: ['dir'] }, report);
      if (code !== 0) return code;
      if (copy !== undefined) await copyFile(list, copy);
    }
    return await playwright('playwright.package.config.ts', process.argv.slice(2));
  }),
);
