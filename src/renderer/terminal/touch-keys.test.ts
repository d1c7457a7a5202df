import { expect, test } from 'vitest';
import { inMode, touchKeys, withControl } from './touch-keys.ts';

test.each([
  ['c', '\u0003'],
  ['C', '\u0003'],
  ['d', '\u0004'],
  ['z', '\u001a'],
  ['[', '\u001b'],
  ['\\', '\u001c'],
  [' ', '\u0000'],
  ['1', undefined],
  ['cd', undefined],
  ['\r', undefined],
  ['ä', undefined],
])('Ctrl with %j is %j', (text, expected) => {
  expect(withControl(text)).toBe(expected);
});

test('arrows follow the mode of the program', () => {
  expect(inMode('\u001b[A', true)).toBe('\u001bOA');
  expect(inMode('\u001b[A', false)).toBe('\u001b[A');
  expect(inMode('\t', true)).toBe('\t');
});

test('each key has a name of its own', () => {
  expect(new Set(touchKeys.map(({ name }) => name)).size).toBe(touchKeys.length);
});
