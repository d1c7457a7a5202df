import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { GuildNetError } from '#contract/errors.ts';
import { inRepository } from '../../repository.ts';
import { inHex, type Component } from './component.ts';
import { legalTextsIn } from './legal-files.ts';
import { licenceOfText } from './licence-of-text.ts';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  // The object and the list are how npm had it before SPDX.
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});
type Manifest = z.infer<typeof manifestSchema>;

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ integrity: z.string().optional() })) });

/** The Package URL of an npm package; the sign of a scope is escaped. */
export function npmPurl({ name, version }: { name: string; version: string }): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** The licence that a package.json names, as an SPDX expression. */
export function licenceNamed({ license, licenses }: Pick<Manifest, 'license' | 'licenses'>): string | undefined {
  if (typeof license === 'string') return /^SEE LICENSE|^UNLICENSED$/i.test(license) ? undefined : license;
  if (license !== undefined) return license.type;
  return licenses === undefined || licenses.length === 0
    ? undefined
    : licenses.length === 1
      ? licenses[0]?.type
      : `(${licenses.map(({ type }) => type).join(' OR ')})`;
}

/**
 * Where Node finds `dependency` from the package in `folder`, among `folders`: in it, or in one further out. Pure.
 */
export function resolvedAmong(folders: ReadonlySet<string>, folder: string, dependency: string): string | undefined {
  for (let at = folder; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    const found = `${at}/node_modules/${dependency}`;
    if (folders.has(found)) return found;
    if (!at.includes('/node_modules/')) break;
  }
  const outermost = `node_modules/${dependency}`;
  return folders.has(outermost) ? outermost : undefined;
}

/** The npm packages in these folders below the repository, as the lock file pins them. Throws where one has no licence that is known. */
export async function npmComponents(folders: readonly string[]): Promise<Component[]> {
  const lock = lockSchema.parse(JSON.parse(await readFile(inRepository('package-lock.json'), 'utf8')));
  const all = new Set(folders);
  const manifests = new Map(
    await Promise.all(
      [...all].map(async (folder): Promise<[string, Manifest]> => {
        const text = await readFile(inRepository(folder, 'package.json'), 'utf8');
        return [folder, manifestSchema.parse(JSON.parse(text))];
      }),
    ),
  );
  return await Promise.all(
    [...manifests].map(async ([folder, manifest]): Promise<Component> => {
      const { name, version, dependencies = {} } = manifest;
      const texts = await legalTextsIn(inRepository(folder));
      const licence = licenceNamed(manifest) ?? licenceOfText(texts[0] ?? '');
      if (licence === undefined) throw noLicence(`${name} ${version}`);
      const integrity = /^sha512-(\S+)$/.exec(lock.packages[folder]?.integrity ?? '')?.[1];
      const needs = Object.keys(dependencies).flatMap((dependency) => {
        const found = manifests.get(resolvedAmong(all, folder, dependency) ?? '');
        return found === undefined ? [] : [npmPurl(found)];
      });
      return {
        name,
        version,
        purl: npmPurl(manifest),
        kind: 'library',
        licence,
        texts,
        hash: integrity === undefined ? undefined : { algorithm: 'SHA-512', content: inHex(integrity) },
        needs,
      };
    }),
  );
}

/** Something whose licence nobody knows may not be given to others. */
export function noLicence(what: string): GuildNetError {
  return new GuildNetError('unsupported', `Not packaged: ${what} does not say by which licence it may be passed on.`, {
    remedy: 'Ask its authors, or do without it.',
  });
}

/** The lists that the bundler has left of what it bundled (`bundled-packages.ts`), as one. */
export async function readNotes(files: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    files.map(async (file) => z.array(z.string()).parse(JSON.parse(await readFile(file, 'utf8')))),
  );
  return [...new Set(lists.flat())].toSorted();
}
