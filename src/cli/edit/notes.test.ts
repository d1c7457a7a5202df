import { expect, test } from 'vitest';
import { notesOf, withNotes, withoutNotes } from './notes.ts';

const notes = notesOf({ id: 'box-1a2b3', spec: { image: 'i', mode: 'Running', env: {}, env_hidden: ['PASSWORD'] } });

test('say what is not shown, and go again', () => {
  const text = withNotes(notes, 'a: 1\n');
  expect(text).toContain('# Variables that are not shown, and stay: PASSWORD.');
  expect(withoutNotes(text)).toBe('a: 1\n');
});

test('says why it could not be used, once', () => {
  const again = withNotes(notes, withoutNotes(withNotes(notes, 'a: 1\n', 'first')), 'spec.ttl: no\nand more');
  expect(again).toMatch(/^# It could not be used as it was:\n# spec\.ttl: no\n# and more\n#\n/);
  expect(again).not.toContain('first');
});
