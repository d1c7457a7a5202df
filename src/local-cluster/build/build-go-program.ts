import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { ensureArtefact, type BuildContext } from './artefact.ts';
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
  const source = join(context.recipeDir, program.name);
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
  const tags = program.tags === undefined ? [] : ['-tags', program.tags];

  report({ step, detail: 'fetching sources' });
  const listed = await runCommand(go, ['list', '-deps', ...tags, ...packages], {
    cwd,
    env,
    signal,
    doing: `Fetching the sources of ${program.title}`,
    remedy,
    onErrorLine: (line) => {
      const module = /^go: downloading (\S+ \S+)/.exec(line)?.[1];
      if (module !== undefined) report({ step, detail: `fetching ${module}` });
    },
  });
  const total = listed.trim().split('\n').length;

  // go prints each package as it compiles it; those it has in its cache it passes over, so the count may jump to the end.
  let done = 0;
  const linker = [
    '-s',
    '-w',
    ...Object.entries(program.linkerValues ?? {}).map(([name, value]) => `-X ${name}=${value}`),
  ];
  for (const [path, file] of Object.entries(program.packages)) {
    await runCommand(go, ['build', '-v', ...tags, '-ldflags', linker.join(' '), '-o', join(folder, file), path], {
      cwd,
      env,
      signal,
      doing: step,
      remedy,
      onErrorLine: (line) => {
        if (!/^[\w.-]+(\/[\w.-]+)*$/.test(line)) return;
        done = Math.min(done + 1, total);
        report({ step, detail: line, done, total, unit: 'packages' });
      },
    });
  }
  report({ step, detail: 'done', done: total, total, unit: 'packages' });
}

/** The same environment whoever builds, so that the result depends on the recipe alone. */
export function goEnvironment(base: NodeJS.ProcessEnv, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    ...base,
    GOFLAGS: '-buildvcs=false -trimpath',
    CGO_ENABLED: '0',
    GOWORK: 'off',
    GO111MODULE: 'on',
    ...extra,
  };
}
