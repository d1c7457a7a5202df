import { expect, test } from 'vitest';
import { awayTarget, backTarget, downloadStep, otherOrigin } from './download-detour.ts';

const main = { kind: 'server', id: 'w' } as const;

test.each([
  [main, '/a'],
  [main, '/a?b=%2f&&c'],
  [main, '//x/../y?'],
  [{ ...main, port: 3000 }, '/a'],
  [{ ...main, port: 3000, scheme: 'https' }, '/a?b'],
  [{ ...main, port: 65_535, scheme: 'http' }, '/'],
] as const)('from %j %s goes away and comes back, byte for byte', (ask, target) => {
  const away = awayTarget(target, ask);
  expect(downloadStep(away, 'w')).toEqual({ step: 'away', ask, rest: target });
  expect(downloadStep(backTarget(target), 'w')).toEqual({ step: 'back', rest: target });
});

test('it goes to another origin of the same workspace', () => {
  expect(otherOrigin(main)).toEqual({ ...main, port: 1 });
  expect(otherOrigin({ ...main, port: 3000, scheme: 'https' })).toEqual(main);
});

test('a fragment stays at the end', () => {
  expect(backTarget('https://w.localhost/a#b')).toBe('https://w.localhost/a?guildnet-download=file#b');
});

test.each([
  '/',
  '/guildnet-download=file',
  '/?guildnet-download=',
  '/?guildnet-download=fil',
  '/?guildnet-download=file&x',
  '/?guildnet-download=0',
  '/?guildnet-download=65536',
  '/?guildnet-download=123456',
  '/?guildnet-download=80x',
  '/?guildnet-download=main.evil.example',
  '/?guildnet-download=//evil.example',
])('%s carries no mark', (target) => expect(downloadStep(target, 'w')).toBeUndefined());
