import { readFileSync, writeFileSync } from 'node:fs';
import { completed, type LockPackages } from './lockfile/complete.ts';
import { inRepository } from './repository.ts';
import { runScript } from './run-script.ts';

/** `npm run lockfile`: after `npm install <package>`, adds the other platforms' entries that npm left out of package-lock.json. */
await runScript(async () => {
  const file = process.argv[2] ?? inRepository('package-lock.json');
  const lockfile = JSON.parse(readFileSync(file, 'utf8')) as { packages: LockPackages };
  writeFileSync(file, `${JSON.stringify({ ...lockfile, packages: completed(lockfile.packages) }, null, 2)}\n`);
  return 0;
});
