import { symlink } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join, sep } from 'node:path';
import { runCommand } from '../run-command.ts';
import { ensureArtefact, type BuildContext } from './artefact.ts';
import { countedWork } from './counted-work.ts';
import type { GoProgram } from './go-programs.ts';
import { recipeFiles, recipeHash } from './recipe-hash.ts';

export interface GoToolchain {
  /** The `go` command. */
  go: string;
  env: NodeJS.ProcessEnv;
}

/** Builds the program unless the cache has it; returns the folder of its files. `toolchain` is asked for only when something must be built. */
export async function ensureGoProgram(
  context: BuildContext,
  program: GoProgram,
  toolchain: () => Promise<GoToolchain>,
): Promise<string> {
  const source = join(context.recipeDir, program.module ?? program.name);
  const hash = recipeHash(await recipeFiles(source), { program, arch: process.arch });
  return await ensureArtefact(context, program.name, hash, async (folder) => {
    await build(context, program, source, folder, await toolchain());
    for (const [link, file] of Object.entries(program.links ?? {})) await symlink(file, join(folder, link));
  });
}

async function build(
  { report, signal }: BuildContext,
  program: GoProgram,
  cwd: string,
  folder: string,
  { go, env }: GoToolchain,
): Promise<void> {
  const step = `Building ${program.title}`;
  const remedy =
    'Mend the cause above (often the network or a full disk) and run the command again: it goes on where it stopped.';
  const packages = Object.keys(program.packages);
  const [only, ...others] = Object.values(program.packages);
  // A folder is the only place for several, and there each bears the name of its package.
  const output = only !== undefined && others.length === 0 ? join(folder, only) : `${folder}${sep}`;
  const tags = program.tags === undefined ? [] : ['-tags', program.tags];
  const linker = [
    '-s',
    '-w',
    ...Object.entries(program.linkerValues ?? {}).map(([name, value]) => `-X ${name}=${value}`),
  ].join(' ');

  report({ step, detail: 'fetching sources' });
  // Stale is what go's own cache does not have: what is left to compile.
  const listed = await runCommand(go, ['list', '-deps', '-f', '{{.Stale}}', ...tags, ...packages], {
    cwd,
    env,
    signal,
    doing: `Fetching the sources of ${program.title}`,
    remedy,
    onErrorLine: (line) => {
      const fetched = /^go: downloading (\S+ \S+)/.exec(line)?.[1];
      if (fetched !== undefined) report({ step, detail: `fetching ${fetched}` });
    },
  });
  const compiling = countedWork(listed.split('\n').filter((line) => line === 'true').length, () => performance.now());
  // All at once: while one program is linked, which takes one core, the next is compiled.
  await runCommand(go, ['build', '-v', ...tags, '-ldflags', linker, '-o', output, ...packages], {
    cwd,
    env,
    signal,
    doing: step,
    remedy,
    onErrorLine: (line) => {
      // go prints each package as it begins with it; those it has in its cache it passes over.
      if (/^[\w.-]+(\/[\w.-]+)*$/.test(line)) report({ step, unit: 'packages', ...compiling.next() });
    },
  });
  report({ step, detail: 'done' });
}

/** From so much memory on, in bytes, some of it is better spent than saved. */
const muchMemory = 8 * 2 ** 30;

/**
 * The same environment whoever builds, so that the result depends on the recipe alone. Nobody debugs these programs, so the compiler
 * leaves out what only a debugger reads: it then needs a tenth less time. Its collector running half as often saves another fourteenth.
 */
export function goEnvironment(base: NodeJS.ProcessEnv, memory: number = totalmem()): NodeJS.ProcessEnv {
  return {
    ...(memory >= muchMemory ? { GOGC: '200' } : {}),
    ...base,
    GOFLAGS: '-buildvcs=false -trimpath -gcflags=all=-dwarf=false',
    CGO_ENABLED: '0',
    GOWORK: 'off',
    GO111MODULE: 'on',
  };
}
