import { describe, expect, test } from 'vitest';
import { licenceNamed, npmPurl, resolvedAmong } from './npm-components.ts';

test('a Package URL escapes the sign of a scope', () => {
  expect(npmPurl({ name: '@orpc/client', version: '1.0.0' })).toBe('pkg:npm/%40orpc/client@1.0.0');
  expect(npmPurl({ name: 'zod', version: '4.0.0-beta.1' })).toBe('pkg:npm/zod@4.0.0-beta.1');
});

describe('licenceNamed', () => {
  test.each([
    [{ license: 'MIT' }, 'MIT'],
    [{ license: { type: 'ISC' } }, 'ISC'],
    [{ licenses: [{ type: 'MIT' }] }, 'MIT'],
    [{ licenses: [{ type: 'MIT' }, { type: 'Apache-2.0' }] }, '(MIT OR Apache-2.0)'],
    [{ license: 'SEE LICENSE IN LICENSE.txt' }, undefined],
    [{ license: 'UNLICENSED' }, undefined],
    [{ licenses: [] }, undefined],
    [{}, undefined],
  ])('%j: %s', (manifest, licence) => {
    expect(licenceNamed(manifest)).toBe(licence);
  });
});

describe('resolvedAmong', () => {
  const folders = new Set(['node_modules/a', 'node_modules/b', 'node_modules/a/node_modules/b', 'node_modules/@s/c']);
  test.each([
    ['node_modules/a', 'b', 'node_modules/a/node_modules/b'],
    ['node_modules/a/node_modules/b', '@s/c', 'node_modules/@s/c'],
    ['node_modules/@s/c', 'b', 'node_modules/b'],
    ['node_modules/b', 'not-bundled', undefined],
  ])('from %s, %s is %s', (folder, dependency, found) => {
    expect(resolvedAmong(folders, folder, dependency)).toBe(found);
  });
});
