import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { GuildNetError } from '#contract/errors.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { addressesNotAtRoot } from './built-page.ts';
import { runQuietly, tail } from './child.ts';
import { contentHash } from './content-hash.ts';
import { inRepository, root } from './repository.ts';

/** Everything that a build is made from. */
const sources = [
  'src/contract',
  'src/host',
  'src/local-cluster',
  'src/main',
  'src/preload',
  'src/renderer',
  'electron.vite.config.ts',
  'ui.config.ts',
  'scripts/packaging/bundled-packages.ts',
  'package-lock.json',
  'package.json',
];
const stampFile = inRepository('out', '.stamp');

/** Where the built page lies. */
export const builtRenderer = inRepository('out', 'renderer');

/**
 * Builds main process, preload and page into `out/`, unless they are already built from these very sources. Throws when the
 * build fails or its page could not be loaded at a deep path.
 */
export async function buildApp(report: ReportProgress): Promise<void> {
  const wanted = contentHash(root, sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  report({ step: 'Building the app' });
  // Whatever becomes of this build, what it leaves is no longer what the old stamp speaks of.
  rmSync(stampFile, { force: true });
  const cli = inRepository('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await runQuietly(process.execPath, [cli, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code !== 0) {
    throw new GuildNetError('internal', `The app could not be built:\n${tail(output, 40)}`, {
      remedy: 'Mend what the build complains about (npm run typecheck often says it better), then run it again.',
    });
  }
  checkPage();
  writeFileSync(stampFile, wanted);
}

/** A page with relative addresses works at `/` and is empty at every deeper path, which no build complains about. */
function checkPage(): void {
  const wrong = addressesNotAtRoot(readFileSync(inRepository('out', 'renderer', 'index.html'), 'utf8'));
  if (wrong.length === 0) return;
  throw new GuildNetError(
    'internal',
    `The built page loads what is not at the root of its origin: ${wrong.join(', ')}.`,
    {
      remedy:
        'Give the renderer the base "/" in electron.vite.config.ts; electron-vite overwrites the option of that name.',
    },
  );
}
