import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildContext } from './artefact.ts';
import { ensureGoProgram } from './build-go-program.ts';
import type { GoProgram } from './go-programs.ts';
import { findGoToolchain } from './go-toolchain.ts';

/** The program that puts a host on a tailnet; its module is `tailnet-node/` in the repository. */
const tailnetNode: GoProgram = {
  name: 'tailnet-node',
  title: 'the tailnet node',
  packages: { '.': 'tailnet-node' },
};

/**
 * The path of the tailnet node's program. `sourceDir` is the folder that holds its sources, `tailnet-node/`, from which it is built
 * unless the cache has it; in an installed package that folder has the program itself, in `bin/`.
 */
export async function ensureTailnetNode(context: BuildContext, sourceDir: string): Promise<string> {
  const packaged = join(sourceDir, 'bin', process.platform === 'win32' ? 'tailnet-node.exe' : 'tailnet-node');
  if (existsSync(packaged)) return packaged;
  const built = await ensureGoProgram({ ...context, recipeDir: sourceDir }, tailnetNode, () =>
    findGoToolchain(context),
  );
  return join(built, 'tailnet-node');
}
