import { expect, test } from 'vitest';
import { enterUrl, signInCode, signInUrl, splitTicket, wantedPage, withTicket } from './entrance-urls.ts';

const code = `${'aB-_0'.repeat(8)}xyz`;

test.each([
  ['https://w.localhost:1/', '/'],
  ['https://w.localhost:1/?', '/?'],
  ['https://w.localhost:1/?a=1&&b=%2f', '/?a=1&&b=%2f'],
  ['https://w.localhost:1//a/../b%20c;d', '//a/../b%20c;d'],
  [`https://w.localhost:1/?guildnet-ticket=${code}`, `/?guildnet-ticket=${code}`],
])('a ticket goes onto %s and off again, byte for byte', (address, target) => {
  const url = withTicket(address, code);
  expect(splitTicket(url.slice('https://w.localhost:1'.length))).toEqual({ code, rest: target });
});

test('a fragment stays at the end', () => {
  expect(withTicket('https://w.localhost/a#b', code)).toBe(`https://w.localhost/a?guildnet-ticket=${code}#b`);
});

test.each(['/', '/?guildnet-ticket=short', `/?guildnet-ticket=${code}&x`, `/guildnet-ticket=${code}`])(
  '%s has no ticket',
  (target) => expect(splitTicket(target)).toBeUndefined(),
);

test('a sign-in address carries its code', () => {
  const { pathname, search } = new URL(signInUrl('https://localhost:1', code));
  expect(signInCode(`${pathname}${search}`)).toBe(code);
  expect(signInCode('/sign-in')).toBe('');
});

test('the page to enter comes through whole', () => {
  const page = 'https://w.localhost:1/a?b=c&d=%2F#e';
  const { pathname, search } = new URL(enterUrl('https://localhost:1', page));
  expect(wantedPage(`${pathname}${search}`)?.href).toBe(page);
});

test.each([
  '/enter',
  '/enter?to=',
  '/enter?to=/a',
  '/enter?to=http://w.localhost/',
  '/enter?to=https://u:p@w.localhost/',
])('%s wants no page', (url) => expect(wantedPage(url)).toBeUndefined());
