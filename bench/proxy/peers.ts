import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { progressLines } from '#cli/progress-lines.ts';
import { ensureGoProgram } from '#local-cluster/build/build-go-program.ts';
import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { defaultPaths } from '#local-cluster/paths.ts';

const peers: GoProgram = {
  name: 'proxy-peers',
  title: 'the clients and the proxy to compare with',
  packages: { '.': 'proxy-peers' },
};
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The program that plays the clients, built when it is first needed. */
export async function ensurePeers(report: ReturnType<typeof progressLines>): Promise<string> {
  const local = {
    cacheDir: defaultPaths(process.env).cache,
    report,
    recipeDir: folder('../../src/local-cluster/recipe'),
  };
  const built = await ensureGoProgram({ ...local, recipeDir: folder('../recipe') }, peers, () =>
    findGoToolchain(local),
  );
  return join(built, peers.name);
}
