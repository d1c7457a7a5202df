import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureProvisions } from '#local-cluster/ensure-provisions.ts';
import { defaultPaths } from '#local-cluster/paths.ts';

/** The kubectl that is built with the tests' own cluster. */
export async function testKubectl(): Promise<string> {
  const recipeDir = fileURLToPath(new URL('../src/local-cluster/recipe', import.meta.url));
  const context = { cacheDir: defaultPaths(process.env).cache, recipeDir, report: () => undefined };
  return join((await ensureProvisions('control-plane', [], context)).programs.kubernetes, 'kubectl');
}
