import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';
import { billOfMaterials } from './bill-of-materials.ts';
import type { Component } from './component.ts';

const product = { name: 'guildnet', version: '0.1.0' };
const component = (name: string, part: Partial<Component> = {}): Component => ({
  name,
  version: '1.0.0',
  purl: `pkg:npm/${name.replace('@', '%40')}@1.0.0`,
  kind: 'library',
  licence: 'MIT',
  texts: ['Permission\n'],
  needs: [],
  ...part,
});
const components = [
  component('b', { needs: ['pkg:npm/%40a/c@1.0.0', 'pkg:npm/not-bundled@1.0.0'] }),
  component('@a/c', { licence: '(MIT OR Apache-2.0)', hash: { algorithm: 'SHA-512', content: 'ab'.repeat(64) } }),
  component('custom', { licence: 'Like nobody else' }),
  component('nodejs', {
    kind: 'platform',
    purl: 'pkg:generic/nodejs@1.0.0',
    cpe: 'cpe:2.3:a:nodejs:node.js:1.0.0:*:*:*:*:*:*:*',
  }),
];

test('it is valid by the schema of CycloneDX, and bears no time and no number of its own', async () => {
  const bill = billOfMaterials(product, components);
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill)).toBeNull();
  expect(bill).not.toMatch(/timestamp|serialNumber/);
});

test('the same materials are the same file, in whatever order they were found', () => {
  expect(billOfMaterials(product, components.toReversed())).toBe(billOfMaterials(product, components));
});

test('what needs what, and what nothing else needs is what the product needs', () => {
  const bill: unknown = JSON.parse(billOfMaterials(product, components));
  expect(bill).toMatchObject({
    metadata: { component: { name: 'guildnet', version: '0.1.0', type: 'application' } },
    components: [
      { type: 'platform', name: 'nodejs', cpe: expect.stringContaining('nodejs') },
      {
        group: '@a',
        name: 'c',
        purl: 'pkg:npm/%40a/c@1.0.0',
        licenses: [{ expression: '(MIT OR Apache-2.0)' }],
        hashes: [{ alg: 'SHA-512', content: 'ab'.repeat(64) }],
      },
      { name: 'b', licenses: [{ license: { id: 'MIT' } }] },
      { name: 'custom', licenses: [{ license: { name: 'Like nobody else' } }] },
    ],
    dependencies: [
      { ref: 'guildnet@0.1.0', dependsOn: expect.not.arrayContaining(['pkg:npm/%40a/c@1.0.0']) },
      { ref: 'pkg:generic/nodejs@1.0.0' },
      { ref: 'pkg:npm/%40a/c@1.0.0' },
      { ref: 'pkg:npm/b@1.0.0', dependsOn: ['pkg:npm/%40a/c@1.0.0'] },
      { ref: 'pkg:npm/custom@1.0.0' },
    ],
  });
});
