import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../scripts/content-hash.ts';
import { importsOf } from './imports.ts';
import { layerViolation, rooms } from './layers.ts';

const root = resolve(import.meta.dirname, '..');

/** The violations of one room, as "file imports x: why". */
function violationsIn(room: string): string[] {
  const folder = join(root, 'src', room);
  const sources = existsSync(folder) ? filesBelow(folder).filter((file) => /\.tsx?$/.test(file)) : [];
  return sources.flatMap((path) => {
    const file = relative(root, path).replaceAll(sep, '/');
    return importsOf(file, readFileSync(path, 'utf8')).flatMap((specifier) => {
      const violation = layerViolation(file, specifier);
      return violation === undefined ? [] : [`${file} imports ${specifier}: ${violation}`];
    });
  });
}

describe('the rooms keep the layers', () => {
  it.each(rooms)('%s', (room) => {
    expect(violationsIn(room)).toEqual([]);
  });

  it('are all there is below src', () => {
    const found = filesBelow(join(root, 'src')).map((file) => relative(join(root, 'src'), file).split(sep)[0]);
    expect(rooms).toEqual(expect.arrayContaining([...new Set(found)]));
  });
});

it('what serves tests alone stands in test, not among what is shipped', () => {
  const files = filesBelow(join(root, 'src')).map((file) => relative(root, file).replaceAll(sep, '/'));
  expect(files.filter((file) => /\/(?:test-[^/]*|testing\/[^/]*)$/.test(file))).toEqual([]);
});

describe('layerViolation', () => {
  it.each([
    ['src/contract/routes.ts', 'zod'],
    ['src/contract/routes.ts', './errors.ts'],
    ['src/contract/schema.test.ts', 'node:fs'],
    ['src/host/kube/apply.ts', '../config/config.ts'],
    ['src/host/kube/apply.ts', '#contract/errors.ts'],
    ['src/host/kube/apply.ts', 'node:http'],
    ['src/host/kube/apply.integration.test.ts', '#test/namespace.ts'],
    ['src/host/kube/outage.integration.test.ts', '#local-cluster/local-cluster.ts'],
    ['src/cli/main.ts', '#local-cluster/local-cluster.ts'],
    ['src/main/app.ts', '#host/host.ts'],
    ['src/main/app.ts', 'electron'],
    ['src/preload/preload.ts', 'electron/renderer'],
    ['src/renderer/app.tsx', 'solid-js'],
    ['src/renderer/app.tsx', 'events-are-fine'],
  ])('%s may import %s', (file, specifier) => {
    expect(layerViolation(file, specifier)).toBeUndefined();
  });

  it.each([
    ['src/contract/routes.ts', '#host/host.ts', 'contract may not import host'],
    ['src/contract/routes.ts', 'node:fs', "contract may not import Node's modules"],
    ['src/contract/routes.ts', 'fs', "contract may not import Node's modules"],
    ['src/renderer/app.tsx', 'node:path', "renderer may not import Node's modules"],
    ['src/renderer/app.tsx', '#host/host.ts', 'renderer may not import host'],
    ['src/renderer/app.tsx', 'electron', 'renderer may not import electron'],
    ['src/host/host.ts', 'electron', 'host may not import electron'],
    ['src/host/host.ts', 'electron/main', 'host may not import electron'],
    ['src/host/host.ts', '#local-cluster/local-cluster.ts', 'host may not import local-cluster'],
    ['src/host/host.ts', '#host/kube/apply.ts', 'inside the room host imports are relative'],
    ['src/host/host.ts', '../contract/errors.ts', 'a relative import leaves the room host'],
    ['src/host/host.ts', '../../test/namespace.ts', 'a relative import leaves the room host'],
    ['src/host/host.ts', '#test/namespace.ts', 'host may not import test'],
    ['src/local-cluster/up.ts', '#host/host.ts', 'local-cluster may not import host'],
    ['src/preload/preload.ts', '#host/host.ts', 'preload may not import host'],
    ['src/utils/text.ts', 'zod', '"utils" is no room'],
  ])('%s may not import %s', (file, specifier, why) => {
    expect(layerViolation(file, specifier)).toContain(why);
  });
});

describe('importsOf', () => {
  it('finds every form of import', () => {
    const source = `
      import { a } from 'static';
      import type { B } from 'type';
      import 'effect';
      export * from 'all';
      export { c } from 'named';
      const d = await import('dynamic');
      const e = import(d.name);
      // import f from 'comment';
      const g = "import h from 'text'";
    `;
    const expected = ['static', 'type', 'effect', 'all', 'named', 'dynamic', 'd.name'];
    expect(importsOf('x.ts', source).toSorted()).toEqual(expected.toSorted());
  });

  it('reads JSX', () => {
    expect(importsOf('x.tsx', `import { a } from 'a'; const b = <p>{a}</p>;`)).toEqual(['a']);
  });
});
