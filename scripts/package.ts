import { progressLines } from '#cli/progress-lines.ts';
import { runScript } from './run-script.ts';
import { makePackages } from './packaging/make-packages.ts';
import { packageArguments } from './packaging/package-arguments.ts';

/** `npm run package [-- [--test-runtime] [target…]]`: builds the app and packs it for this platform into dist/. */
await runScript(async () => {
  const args = packageArguments(process.argv.slice(2), process.platform);
  return await makePackages(args, progressLines());
});
