import { expect, test } from 'vitest';
import { nameInJar, pairsFor } from './shared-jar.ts';
import { rewriteSetCookie } from './response/set-cookie.ts';
import { workspaceCookies } from './upstream-headers.ts';

const view = (id: string, path = '/') => ({ prefix: '', context: 'tab', jar: { id, path } }) as const;

/** What a browser sends of what was set; its attributes are its own affair. */
const kept = (...cookies: (string | undefined)[]): string =>
  cookies.map((cookie) => cookie?.split(';')[0] ?? '').join('; ');

test('what a workspace sets comes back to it alone, under its own name', () => {
  const jar = kept(
    rewriteSetCookie('session=a', view('one')),
    rewriteSetCookie('session=b; Path=/', view('two')),
    rewriteSetCookie('__Host-x=c; Path=/; Secure', view('one')),
    'session=script',
    '__Host-Http-guildnet-12345678=ours',
  );
  expect(workspaceCookies(jar, undefined, { id: 'one', path: '/' })).toBe('session=a; __Host-x=c');
  expect(workspaceCookies(jar, undefined, { id: 'two', path: '/' })).toBe('session=b');
  expect(workspaceCookies(jar, undefined, { id: 'three', path: '/' })).toBeUndefined();
});

test('no script of any port reads or sets them, and the name alone says what they are for', () => {
  expect(rewriteSetCookie('a=b; Path=/x; Max-Age=5; SameSite=Strict', view('one'))).toBe(
    '__Host-Http-gw.one.L3g.a=b; Max-Age=5; Path=/; HttpOnly; Secure; SameSite=None',
  );
});

test('one workspace can make no cookie of another', () => {
  const forged = nameInJar('session', '/', { id: 'two', path: '/' });
  const set = rewriteSetCookie(`${forged}=evil`, view('one'));
  expect(workspaceCookies(kept(set), undefined, { id: 'two', path: '/' })).toBeUndefined();
  expect(workspaceCookies(kept(set), undefined, { id: 'one', path: '/' })).toBe(`${forged}=evil`);
});

test.each([
  ['a=b; Path=/x', '/', '/x', true],
  ['a=b; Path=/x', '/', '/x/y', true],
  ['a=b; Path=/x', '/', '/xy', false],
  ['a=b; Path=/x/', '/', '/x/y', true],
  ['a=b; Path=/x/', '/', '/x', false],
  ['a=b', '/dir/page', '/dir/other', true],
  ['a=b', '/dir/page', '/', false],
  ['a=b', '/page', '/any', true],
  ['a=b; Path=x', '/dir/page', '/dir/z', true],
])('%s, set at %s, is sent to %s: %s', (cookie, at, to, sent) => {
  const pair = kept(rewriteSetCookie(cookie, view('one', at)));
  expect(pairsFor([pair], { id: 'one', path: to })).toEqual(sent ? ['a=b'] : []);
});

test('the most exact path comes first, as browsers send them', () => {
  const jar = [
    kept(rewriteSetCookie('a=wide; Path=/', view('one'))),
    kept(rewriteSetCookie('a=near; Path=/x', view('one'))),
  ];
  expect(pairsFor(jar, { id: 'one', path: '/x/y' })).toEqual(['a=near', 'a=wide']);
});

test('one that is deleted has the name of the one that was set', () => {
  const name = (cookie: string): string => kept(rewriteSetCookie(cookie, view('one'))).split('=')[0] ?? '';
  expect(name('a=; Path=/; Max-Age=0')).toBe(name('a=b; Path=/'));
});

test('what would be longer with its name in the jar than browsers keep is refused', () => {
  expect(rewriteSetCookie(`a=${'x'.repeat(4_080)}`, view('one'))).toBeUndefined();
});
