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

const tailscaled: GoProgram = {
  name: 'tailscaled',
  title: 'tailscaled, the client of tailnets that a machine may have',
  packages: { 'tailscale.com/cmd/tailscaled': 'tailscaled' },
};

const issuing: GoProgram = {
  name: 'issuing-tailnet',
  title: 'a tailnet that has certificates issued',
  packages: { '.': 'issuing-tailnet' },
};

/** For the first build of both on two busy cores, which also fetches their sources, in milliseconds. */
export const buildTimeoutMs = 30 * 60_000;

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function buildContext() {
  const recipeDir = folder('../../src/local-cluster/recipe');
  return { cacheDir: defaultPaths(process.env).cache, report: progressLines(), recipeDir };
}

async function built(program: GoProgram): Promise<string> {
  const local = buildContext();
  const files = await ensureGoProgram({ ...local, recipeDir: folder('recipe') }, program, () => findGoToolchain(local));
  return join(files, program.name);
}

/** Builds Headscale unless it is cached; the path of its file. */
export const headscaleProgram = (): Promise<string> => built(headscale);

/** The same for tailscaled. */
export const tailscaledProgram = (): Promise<string> => built(tailscaled);

/** The same for a tailnet whose devices are given certificates. */
export const issuingProgram = (): Promise<string> => built(issuing);

/** The product's own node, built as the product builds it. */
export const tailnetNodeProgram = (): Promise<string> => ensureTailnetNode(buildContext(), folder('../..'));
