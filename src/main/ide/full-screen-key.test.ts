import { expect, test } from 'vitest';
import { leavesFullScreen, type Key } from './full-screen-key.ts';

const escape: Key = { type: 'keyDown', key: 'Escape', control: false, meta: false, alt: false, shift: false };

test.each<[string, Partial<Key>, boolean]>([
  ['Escape', {}, true],
  ['Escape, as some systems tell of it', { type: 'rawKeyDown' }, true],
  ['F11', { key: 'F11' }, true],
  ['the release of Escape', { type: 'keyUp' }, false],
  ['Ctrl+Escape, which is the system’s', { control: true }, false],
  ['Shift+Escape, which pages use', { shift: true }, false],
  ['a letter', { key: 'e' }, false],
])('%s', (_what, change, wanted) => {
  expect(leavesFullScreen({ ...escape, ...change })).toBe(wanted);
});
