import { expect, test } from 'vitest';
import { endNote } from './end-note.ts';

const facts = { namespace: 'dev', namespaceGoing: false, isBound: false, wanted: true, outlast: false };

test.each([
  ['rights that end with it', {}, 'namespace_end_rights'],
  ['rights that are made to last', { isBound: true }, undefined],
  ['rights in the whole cluster', { outlast: true }, undefined],
  ['nobody knows', { outlast: undefined }, undefined],
  ['no home', { wanted: false }, undefined],
  ['it goes', { namespaceGoing: true, isBound: true }, 'namespace_going'],
])('%s', (_what, change, code) => {
  expect(endNote({ ...facts, ...change })?.code).toBe(code);
});

test('names the namespace and what to apply', () => {
  const note = endNote(facts);
  expect(note?.message).toContain('"dev"');
  expect(note?.remedy).toContain('guildnet rbac');
});
