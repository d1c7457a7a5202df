import { expect, test } from 'vitest';
import type { Component } from './component.ts';
import { noticesOf } from './notices.ts';

const component = (name: string, texts: readonly string[]): Component => ({
  name,
  version: '1.0.0',
  purl: `pkg:npm/${name}@1.0.0`,
  kind: 'library',
  licence: 'MIT',
  texts,
  needs: [],
});
const product = { name: 'GuildNet', version: '0.1.0' };

test('each is named, each text stands there once, and the order in which they came does not matter', () => {
  const all = [
    component('c', ['Permission\n']),
    component('a', ['Permission\n', 'Notice of a\n']),
    component('b', []),
    component('a', ['Permission\n', 'Notice of a\n']),
  ];
  const text = noticesOf(product, all);
  expect(text).toContain('  a 1.0.0 (MIT)\n  b 1.0.0 (MIT), without a text of its own\n  c 1.0.0 (MIT)\n');
  expect(text.split('Permission')).toHaveLength(2);
  expect(text).toMatch(/─\na 1\.0\.0 \(MIT\)\nc 1\.0\.0 \(MIT\)\n─+\n\nPermission/);
  expect(text).toContain('Notice of a');
  expect(noticesOf(product, all.toReversed())).toBe(text);
});
