import { expect, test } from 'vitest';
import {
  acceleratorText,
  isPressed,
  parseAccelerator,
  pressedAccelerator,
  type Accelerator,
  type PressedKey,
} from './accelerator.ts';
import { usualShortcuts } from './shortcuts.ts';

const usualPaletteKey = usualShortcuts['leave-ide'];
const none: Accelerator = { key: 'g', control: false, meta: false, alt: false, shift: false };

test.each<[string, NodeJS.Platform, Accelerator | undefined]>([
  [usualPaletteKey, 'linux', { ...none, control: true, alt: true }],
  [usualPaletteKey, 'darwin', { ...none, meta: true, alt: true }],
  ['Ctrl+Shift+F12', 'win32', { ...none, key: 'f12', control: true, shift: true }],
  ['F6', 'linux', { ...none, key: 'f6' }],
  ['Alt+Space', 'linux', { ...none, key: 'space', alt: true }],
  ['Control+Alt+PageDown', 'linux', { ...none, key: 'pagedown', control: true, alt: true }],
  ['ctrl + g', 'linux', { ...none, control: true }],
  ['g', 'linux', undefined],
  ['Shift+G', 'linux', undefined],
  ['Ctrl+', 'linux', undefined],
  ['', 'linux', undefined],
  ['Ctrl+Hyper+G', 'linux', undefined],
  ['Ctrl+Escape', 'linux', undefined],
  ['F25', 'linux', undefined],
])('%s on %s', (text, platform, wanted) => {
  expect(parseAccelerator(text, platform === 'darwin')).toEqual(wanted);
});

const pressed: PressedKey = {
  type: 'keyDown',
  key: 'g',
  code: 'KeyG',
  control: true,
  meta: false,
  alt: true,
  shift: false,
  isAutoRepeat: false,
};

test.each<[string, Partial<PressedKey>, boolean]>([
  ['the key', {}, true],
  ['the key as some systems tell of it', { type: 'rawKeyDown' }, true],
  ['a large letter, by caps lock', { key: 'G' }, true],
  ['what Alt makes of it on a Mac', { key: '©' }, true],
  ['a layout that has the letter elsewhere', { code: 'KeyU' }, true],
  ['its release', { type: 'keyUp' }, false],
  ['a held one', { isAutoRepeat: true }, false],
  ['with Shift', { shift: true }, false],
  ['without Alt', { alt: false }, false],
  ['another key', { key: 'h', code: 'KeyH' }, false],
])('%s', (_what, change, wanted) => {
  expect(isPressed({ ...none, control: true, alt: true }, { ...pressed, ...change })).toBe(wanted);
});

test.each([
  ['ctrl+alt+pagedown', 'Control+Alt+PageDown'],
  ['Shift+Cmd+left', 'Command+Shift+Left'],
  ['f13', 'F13'],
  ['Alt+Space', 'Alt+Space'],
])('%s is written as %s', (text, wanted) => {
  const parsed = parseAccelerator(text, false);
  expect(parsed === undefined ? undefined : acceleratorText(parsed)).toBe(wanted);
  expect(parseAccelerator(wanted, false)).toEqual(parsed);
});

test.each<[string, Partial<PressedKey>, string | undefined]>([
  ['a letter', {}, 'Control+Alt+G'],
  ['a digit, which Shift makes another character of', { key: '!', code: 'Digit1', shift: true }, 'Control+Alt+Shift+1'],
  ['an arrow', { key: 'ArrowRight', code: 'ArrowRight', alt: false }, 'Control+Right'],
  ['a letter of another alphabet', { key: '\u043F', code: 'KeyG' }, 'Control+Alt+G'],
  ['a modifier alone', { key: 'Control', code: 'ControlLeft' }, undefined],
  ['a key that says nothing of itself', { key: 'Unidentified', code: '' }, undefined],
])('what is written down of %s', (_what, change, wanted) => {
  expect(pressedAccelerator({ ...pressed, ...change })).toBe(wanted);
});
