import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { GoToolchain } from '#local-cluster/build/build-go-program.ts';
import { runCommand } from '#local-cluster/run-command.ts';
import { inRepository } from '../../repository.ts';
import { inHex, type Component } from './component.ts';
import { readGoBuildInfo } from './go-build-info.ts';
import { legalTextsIn } from './legal-files.ts';
import { licenceOfText } from './licence-of-text.ts';
import { noLicence } from './npm-components.ts';

/** There, go checks what it fetches against go.sum. */
const cwd = inRepository('tailnet-node');

/**
 * The modules in the Go program `program`, and Go's own library. The licences are in the modules' sources, which go fetches where
 * its cache does not have them.
 */
export async function goComponents(program: string, { go, env }: GoToolchain): Promise<Component[]> {
  const info = readGoBuildInfo(await readFile(program));
  const folders = await foldersOf(
    info.modules.map(({ path, version }) => `${path}@${version}`),
    { go, env },
  );
  const modules = await Promise.all(
    info.modules.map(async ({ path, version, sum }): Promise<Component> => {
      const texts = await legalTextsIn(folders.get(`${path}@${version}`) ?? '');
      const licence = licenceOf(texts);
      if (licence === undefined) throw noLicence(`${path} ${version}`);
      const hash = sum === undefined ? undefined : ({ algorithm: 'SHA-256', content: inHex(sum) } as const);
      return {
        name: path,
        version,
        purl: `pkg:golang/${path}@${version}`,
        kind: 'library',
        licence,
        texts,
        hash,
        needs: [],
      };
    }),
  );
  const root = (await runCommand(go, ['env', 'GOROOT'], { cwd, env, doing: 'Asking Go where it is' })).trim();
  const library: Component = {
    name: 'Go standard library',
    version: info.go,
    purl: `pkg:golang/std@${info.go}`,
    kind: 'library',
    licence: 'BSD-3-Clause',
    texts: await legalTextsIn(root),
    cpe: `cpe:2.3:a:golang:go:${info.go}:*:*:*:*:*:*:*`,
    needs: [],
  };
  return [...modules, library];
}

/** The licences of all texts of a module; a notice and a grant of patents are none. */
function licenceOf(texts: readonly string[]): string | undefined {
  const found = [...new Set(texts.flatMap((text) => licenceOfText(text) ?? []))].toSorted();
  return found.length > 1 ? `(${found.join(' AND ')})` : found[0];
}

const fetchedSchema = z.object({ Path: z.string(), Version: z.string(), Dir: z.string() });

/** Where the sources of modules lie, by `path@version`. */
async function foldersOf(modules: readonly string[], { go, env }: GoToolchain): Promise<Map<string, string>> {
  // go prints one JSON object after the other, each closed by a line of its own.
  const said = await runCommand(go, ['mod', 'download', '-json', ...modules], {
    cwd,
    env,
    doing: 'Fetching the licences of the modules of the tailnet node',
  });
  const objects = said.split(/^\}$/m).filter((text) => text.trim() !== '');
  return new Map(
    objects.map((text) => {
      const { Path, Version, Dir } = fetchedSchema.parse(JSON.parse(`${text}}`));
      return [`${Path}@${Version}`, Dir];
    }),
  );
}
