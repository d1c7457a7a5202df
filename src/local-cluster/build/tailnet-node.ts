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

/** Builds the tailnet node unless the cache has it; the path of its file. `sourceDir` is the folder that holds `tailnet-node/`. */
export async function ensureTailnetNode(context: BuildContext, sourceDir: string): Promise<string> {
  const built = await ensureGoProgram({ ...context, recipeDir: sourceDir }, tailnetNode, () =>
    findGoToolchain(context),
  );
  return join(built, 'tailnet-node');
}
