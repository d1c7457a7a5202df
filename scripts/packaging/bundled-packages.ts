import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'vite';

/**
 * The folder of the npm package that a bundled module comes from, below the checkout; undefined for a module of ours or of the
 * bundler's. Packages inside packages count as themselves.
 */
export function packageFolderOf(moduleId: string): string | undefined {
  const path = moduleId
    .replaceAll('\\', '/')
    .replace(/^\0/, '')
    .replace(/[?#].*$/, '');
  return /^.*?(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/**
 * Notes which npm packages really ended up in a bundle, as a sorted JSON list of their folders in `file`: what the package must
 * carry licences of, and its bill of materials is made from. What the bundler left out entirely is not in it.
 */
export function noteBundledPackages(file: string): Plugin {
  return {
    name: 'guildnet:note-bundled-packages',
    apply: 'build',
    writeBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolderOf(id) ?? []));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify([...folders].toSorted(), null, 2)}\n`);
    },
  };
}
