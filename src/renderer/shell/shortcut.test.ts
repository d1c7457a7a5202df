import { expect, test } from 'vitest';
import { shortcutOf, type Keystroke, type Shortcut } from './shortcut.ts';

const plain: Keystroke = {
  key: 'n',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  inText: false,
};

test.each<[string, Partial<Keystroke>, Shortcut | undefined]>([
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
  ['Ctrl+Alt+PageDown', { key: 'PageDown', ctrlKey: true, altKey: true }, 'next-tab'],
  ['Ctrl+Alt+PageUp in a text field', { key: 'PageUp', ctrlKey: true, altKey: true, inText: true }, 'previous-tab'],
  ['Cmd+Alt+W', { key: 'w', metaKey: true, altKey: true }, 'close-tab'],
  ['Ctrl+Alt+Shift+W', { key: 'W', ctrlKey: true, altKey: true, shiftKey: true }, 'reopen-tab'],
  ['a held Ctrl+Alt+W', { key: 'w', ctrlKey: true, altKey: true, repeat: true }, undefined],
  ['Ctrl+PageDown, which is an editor’s', { key: 'PageDown', ctrlKey: true }, undefined],
  ['Ctrl+Alt+N', { ctrlKey: true, altKey: true }, undefined],
])('%s', (_name, change, meaning) => {
  expect(shortcutOf({ ...plain, ...change })).toBe(meaning);
});
