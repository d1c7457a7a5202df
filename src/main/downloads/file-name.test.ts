import { expect, test } from 'vitest';
import { freeName, safeFileName, splitName } from './file-name.ts';

test.each([
  ['an ordinary one', 'notes.txt', 'notes.txt'],
  ['spaces and letters of the world', 'Größe 2 – 表.csv', 'Größe 2 – 表.csv'],
  ['a path', '../../etc/passwd', 'etc_passwd'],
  ['a path of Windows', 'C:\\Windows\\x.exe', 'C__Windows_x.exe'],
  ['a hidden file', '.bashrc', 'bashrc'],
  ['dots alone', '..', 'download'],
  ['nothing', '', 'download'],
  ['spaces alone', '   ', 'download'],
  ['a dot at the end', 'a.txt. ', 'a.txt'],
  ['a line break', 'a\nb.txt', 'a_b.txt'],
  ['a text that turns round', 'invoice\u202efdp.exe', 'invoice_fdp.exe'],
  ['an unseen character', 'a\u200b.sh', 'a_.sh'],
  ['a zero byte', 'a.txt\u0000.exe', 'a.txt_.exe'],
  ['a device', 'CON.txt', '_CON.txt'],
  ['a device in small letters', 'lpt1', '_lpt1'],
  ['what only begins like a device', 'console.log', 'console.log'],
  ['a starter of Linux', 'game.desktop', 'game.desktop.download'],
  ['a starter of Windows', 'x.LNK', 'x.LNK.download'],
  ['a shell file of Windows', 'a.scf', 'a.scf.download'],
])('%s', (_what, suggested, wanted) => {
  expect(safeFileName(suggested)).toBe(wanted);
});

test.each([
  ['a long name', 'x'.repeat(5_000)],
  ['a long name with an extension', `${'x'.repeat(5_000)}.tar.gz`],
  ['a long name of wide characters', `${'表'.repeat(1_000)}.csv`],
  ['an extension without end', `a.${'y'.repeat(5_000)}`],
])('%s fits into a file system', (_what, suggested) => {
  const name = safeFileName(suggested);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name.isWellFormed()).toBe(true);
  if (suggested.endsWith('.tar.gz')) expect(name.endsWith('.tar.gz')).toBe(true);
});

test.each([
  ['a.txt', 'a', '.txt'],
  ['a.tar.gz', 'a', '.tar.gz'],
  ['a', 'a', ''],
  ['.txt', '.txt', ''],
  ['a.b c', 'a.b c', ''],
])('splits %s', (name, stem, extension) => {
  expect(splitName(name)).toEqual({ stem, extension });
});

test('takes the first name that is free', () => {
  const taken = new Set(['a.txt', 'a (1).txt']);
  expect(freeName('a.txt', (name) => taken.has(name))).toBe('a (2).txt');
  expect(freeName('b.txt', (name) => taken.has(name))).toBe('b.txt');
});

test('gives up when none is free', () => {
  expect(freeName('a.txt', () => true)).toBeUndefined();
});
