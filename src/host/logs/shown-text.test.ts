import { expect, test } from 'vitest';
import { longestLogLine } from '#contract/logs.ts';
import { shownText } from './shown-text.ts';

test.each([
  ['plain', 'plain'],
  ['tabs\tstay', 'tabs\tstay'],
  ['\u001b[31mred\u001b[0m and \u001b[1;38;5;200mmore\u001b[m', 'red and more'],
  ['\u001b]0;a title\u0007text', 'text'],
  ['\u001b]8;;https://evil.example\u001b\\a link\u001b]8;;\u001b\\', 'a link'],
  ['\u001b]0;without an end', '0;without an end'],
  ['\u009b2Jcleared', 'cleared'],
  ['\u001b(Bcharset \u001bMup', 'charset up'],
  ['\u001b[999999999', '999999999'],
  ['ends in CR\r', 'ends in CR'],
  ['10%\r20%\r30%', '10%␍20%␍30%'],
  ['bell\u0007 back\b\b null\u0000', 'bell back null'],
  ['a\u202egnp.exe', 'agnp.exe'],
  ['zero\u2028width\u2029and\ufefftags\u{e0041}', 'zerowidthandtags'],
  ['the password is s3cret-value', 'the password is •••'],
])('%j is shown as %j', (text, shown) => {
  expect(shownText(text, (one) => one.replaceAll('s3cret-value', '•••'))).toBe(shown);
});

test('a long line is cut off, after its secrets are out', () => {
  const text = `${'x'.repeat(longestLogLine - 4)}s3cret-value${'y'.repeat(1_000)}`;
  const shown = shownText(text, (one) => one.replaceAll('s3cret-value', '•••'));
  expect(shown).toHaveLength(longestLogLine);
  expect(shown.slice(-5)).toBe('x•••…');
});
