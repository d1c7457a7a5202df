import { expect, test } from 'vitest';
import { parseAccelerator } from '#contract/shortcuts/accelerator.ts';
import { german } from '../words/german.ts';
import { english } from '../words/words.ts';
import { keyWords } from './key-words.ts';

test.each([
  ['CommandOrControl+Alt+G', english, false, 'Ctrl+Alt+G'],
  ['CommandOrControl+Alt+G', english, true, '⌥⌘G'],
  ['Control+Alt+Shift+PageDown', german, false, 'Strg+Alt+Umschalt+Bild ab'],
  ['F9', german, false, 'F9'],
  ['Alt+Left', english, false, 'Alt+←'],
] as const)('%s', (text, words, isMac, wanted) => {
  const parsed = parseAccelerator(text, isMac);
  expect(parsed === undefined ? undefined : keyWords(parsed, words.shortcuts.keys, isMac)).toBe(wanted);
});
