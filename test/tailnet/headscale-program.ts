import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progressLines } from '#cli/progress-lines.ts';
import { ensureGoProgram } from '#local-cluster/build/build-go-program.ts';
import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { ensureTailnetNode } from '#local-cluster/build/tailnet-node.ts';
import { defaultPaths } from '#local-cluster/paths.ts';

const headscale: GoProgram = {
  name: 'headscale',
  title: 'Headscale, a control server of tailnets',
  packages: { 'github.com/juanfont/headscale/cmd/headscale': 'headscale' },
};

/** For the first build of both on two busy cores, which also fetches their sources, in milliseconds. */
export const buildTimeoutMs = 30 * 60_000;

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function buildContext() {
  const recipeDir = folder('../../src/local-cluster/recipe');
  return { cacheDir: defaultPaths(process.env).cache, report: progressLines(), recipeDir };
}

/** Builds Headscale unless it is cached; the path of its file. */
export async function headscaleProgram(): Promise<string> {
  const local = buildContext();
  const built = await ensureGoProgram({ ...local, recipeDir: folder('recipe') }, headscale, () =>
    findGoToolchain(local),
  );
  return join(built, 'headscale');
}

/** The product's own node, built as the product builds it. */
export const tailnetNodeProgram = (): Promise<string> => ensureTailnetNode(buildContext(), folder('../..'));
