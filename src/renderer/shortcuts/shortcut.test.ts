import { expect, test } from 'vitest';
import { shortcutsOf, type ChosenShortcuts } from '#contract/shortcuts/shortcuts.ts';
import { shortcutOf, type Keystroke, type Shortcut } from './shortcut.ts';

const plain: Keystroke = {
  type: 'keyDown',
  key: 'n',
  code: '',
  control: false,
  meta: false,
  alt: false,
  shift: false,
  isAutoRepeat: false,
  inText: false,
};
const tab = { control: true, alt: true };

test.each<[string, Partial<Keystroke>, Shortcut | undefined]>([
  ['n', {}, 'launch'],
  ['n in a text field', { inText: true }, undefined],
  ['Ctrl+N', { control: true }, 'launch'],
  ['Ctrl+N in a text field', { control: true, inText: true }, 'launch'],
  ['Ctrl+Cmd+N', { control: true, meta: true }, undefined],
  ['Alt+N', { alt: true }, undefined],
  ['Ctrl+Shift+N', { control: true, shift: true }, undefined],
  ['a held n', { isAutoRepeat: true }, undefined],
  ['Ctrl+K', { key: 'k', control: true }, 'palette'],
  ['Ctrl+K in a text field', { key: 'K', control: true, inText: true }, 'palette'],
  ['k', { key: 'k' }, undefined],
  ['Ctrl+Shift+K', { key: 'K', control: true, shift: true }, undefined],
  ['Ctrl+Cmd+K', { key: 'k', control: true, meta: true }, undefined],
  ['Ctrl+Z', { key: 'z', control: true }, 'undo'],
  ['Ctrl+Z in a text field', { key: 'z', control: true, inText: true }, undefined],
  ['Ctrl+Shift+Z', { key: 'Z', control: true, shift: true }, undefined],
  ['z', { key: 'z' }, undefined],
  ['m', { key: 'm' }, undefined],
  ['the key that leads out of IDEs', { key: 'g', ...tab }, 'leave-ide'],
  ['Ctrl+Alt+PageDown', { key: 'PageDown', ...tab }, 'next-tab'],
  ['a held Ctrl+Alt+PageDown', { key: 'PageDown', isAutoRepeat: true, ...tab }, 'next-tab'],
  ['Ctrl+Alt+PageUp in a text field', { key: 'PageUp', inText: true, ...tab }, 'previous-tab'],
  ['Ctrl+Alt+W', { key: 'w', ...tab }, 'close-tab'],
  ['Ctrl+Alt+Shift+W', { key: 'W', shift: true, ...tab }, 'reopen-tab'],
  ['a held Ctrl+Alt+W', { key: 'w', isAutoRepeat: true, ...tab }, undefined],
  ['Ctrl+PageDown, which is an editor’s', { key: 'PageDown', control: true }, undefined],
  ['Ctrl+Alt+N', { ...tab }, undefined],
  ['Ctrl+F, which is the menu’s', { key: 'f', control: true }, undefined],
])('%s', (_name, change, meaning) => {
  expect(shortcutOf({ ...plain, ...change }, shortcutsOf({}), false)).toBe(meaning);
});

test.each<[string, Partial<Keystroke>, Shortcut | undefined]>([
  ['Cmd+K in a text field', { key: 'K', meta: true, inText: true }, 'palette'],
  ['Cmd+Alt+W', { key: 'w', meta: true, alt: true }, 'close-tab'],
  ['Ctrl+K, which ends a line there', { key: 'k', control: true }, undefined],
])('on a Mac, %s', (_name, change, meaning) => {
  expect(shortcutOf({ ...plain, ...change }, shortcutsOf({}), true)).toBe(meaning);
});

test.each<[string, ChosenShortcuts, Partial<Keystroke>, Shortcut | undefined]>([
  ['another key', { launch: 'Control+Shift+L' }, { key: 'L', control: true, shift: true }, 'launch'],
  ['the old key', { launch: 'Control+Shift+L' }, { control: true }, undefined],
  ['n alone, where another key was chosen', { launch: 'Control+Shift+L' }, {}, undefined],
  ['n alone, where none is wanted', { launch: '' }, {}, undefined],
  ['a key for what has none', { 'split-right': 'F9' }, { key: 'F9' }, 'split-right'],
  ['what is no key', { palette: 'nonsense' }, { key: 'k', control: true }, undefined],
])('chosen: %s', (_name, chosen, change, meaning) => {
  expect(shortcutOf({ ...plain, ...change }, shortcutsOf(chosen), false)).toBe(meaning);
});
