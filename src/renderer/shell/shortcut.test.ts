import { expect, test } from 'vitest';
import { shortcutOf, type Keystroke } from './shortcut.ts';

const plain: Keystroke = {
  key: 'n',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  inText: false,
};

test.each<[string, Partial<Keystroke>, 'launch' | 'palette' | 'undo' | undefined]>([
  ['n', {}, 'launch'],
  ['n in a text field', { inText: true }, undefined],
  ['Ctrl+N', { ctrlKey: true }, 'launch'],
  ['Ctrl+N in a text field', { ctrlKey: true, inText: true }, 'launch'],
  ['Cmd+N', { metaKey: true }, 'launch'],
  ['Ctrl+Cmd+N', { ctrlKey: true, metaKey: true }, undefined],
  ['Alt+N', { altKey: true }, undefined],
  ['Ctrl+Shift+N', { ctrlKey: true, shiftKey: true }, undefined],
  ['a held n', { repeat: true }, undefined],
  ['Ctrl+K', { key: 'k', ctrlKey: true }, 'palette'],
  ['Cmd+K in a text field', { key: 'K', metaKey: true, inText: true }, 'palette'],
  ['k', { key: 'k' }, undefined],
  ['Ctrl+Shift+K', { key: 'K', ctrlKey: true, shiftKey: true }, undefined],
  ['Ctrl+Cmd+K', { key: 'k', ctrlKey: true, metaKey: true }, undefined],
  ['Ctrl+Z', { key: 'z', ctrlKey: true }, 'undo'],
  ['Cmd+Z in a text field', { key: 'z', metaKey: true, inText: true }, undefined],
  ['Ctrl+Shift+Z', { key: 'Z', ctrlKey: true, shiftKey: true }, undefined],
  ['z', { key: 'z' }, undefined],
  ['m', { key: 'm' }, undefined],
])('%s', (_name, change, meaning) => {
  expect(shortcutOf({ ...plain, ...change })).toBe(meaning);
});
