import { parseArgs } from 'node:util';
import { z } from 'zod';

const text = z.string().min(1).max(4096);
const given = z.object({
  s: z.literal('dir'),
  t: z.literal('deb'),
  package: text,
  name: text.regex(/^[a-z0-9][a-z0-9+.-]+$/),
  version: text.regex(/^[0-9][A-Za-z0-9.+~-]*$/),
  architecture: text,
  maintainer: text,
  url: text,
  description: text,
  category: text.default('devel'),
  'deb-priority': text.default('optional'),
  'deb-compression': z.enum(['xz', 'gz', 'zst', 'none']).default('xz'),
  'after-install': text.optional(),
  'after-remove': text.optional(),
  d: z.array(text).default([]),
  'deb-recommends': z.array(text).default([]),
});

/** What a deb is made of, as electron-builder tells fpm (https://fpm.readthedocs.io/en/latest/cli-reference.html). */
export type DebRequest = z.infer<typeof given> & {
  /** What is put where: a source path, and an absolute path in the package. A folder ends in `/` and stands for its content. */
  files: { from: string; to: string }[];
};

const option = { type: 'string' } as const;
const list = { type: 'string', multiple: true } as const;

/** Reads fpm's arguments as far as electron-builder gives them for a deb. Throws at anything else: nothing is silently left out. */
export function fpmArguments(argv: readonly string[]): DebRequest {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      'input-type': { ...option, short: 's' },
      'output-type': { ...option, short: 't' },
      depends: { ...list, short: 'd' },
      'deb-recommends': list,
      force: { type: 'boolean' },
      ...Object.fromEntries(
        ['package', 'name', 'version', 'architecture', 'maintainer', 'vendor', 'license', 'url', 'description'].map(
          (name) => [name, option],
        ),
      ),
      ...Object.fromEntries(
        ['category', 'deb-priority', 'deb-compression', 'after-install', 'after-remove'].map((name) => [name, option]),
      ),
    },
  });
  const { 'input-type': s, 'output-type': t, depends: d, ...others } = values;
  const files = positionals.map((mapping) => {
    const at = mapping.indexOf('=');
    const [from, to] = [mapping.slice(0, at), mapping.slice(at + 1)];
    if (at < 1 || !to.startsWith('/')) throw new Error(`"${mapping}" does not say what is put where.`);
    return { from, to };
  });
  return { ...given.parse({ s, t, d, ...others }), files };
}

/** The control file of Debian's Policy, 5.3; `installedKiB` is what it takes up when unpacked. */
export function controlFile(request: DebRequest, installedKiB: number): string {
  const [synopsis = '', ...rest] = request.description.split('\n').map((line) => line.trim());
  const body = rest.filter((line) => line !== '').map((line) => ` ${line}`);
  const listed = (name: string, packages: readonly string[]): string[] =>
    packages.length === 0 ? [] : [`${name}: ${packages.join(', ')}`];
  return [
    `Package: ${request.name}`,
    `Version: ${request.version}`,
    `Section: ${request.category}`,
    `Priority: ${request['deb-priority']}`,
    `Architecture: ${request.architecture}`,
    ...listed('Depends', request.d),
    ...listed('Recommends', request['deb-recommends']),
    `Installed-Size: ${installedKiB}`,
    `Maintainer: ${request.maintainer}`,
    `Homepage: ${request.url}`,
    `Description: ${synopsis === '' ? (body.shift() ?? request.name).trim() : synopsis}`,
    ...body,
    '',
  ].join('\n');
}
