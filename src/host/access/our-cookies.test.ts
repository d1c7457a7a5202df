import { expect, test } from 'vitest';
import { workspaceCookies } from '../proxy/upstream-headers.ts';
import { createOurCookies } from './our-cookies.ts';

const cookies = createOurCookies('k'.repeat(43));
const other = createOurCookies('x'.repeat(43));

test('each place gets a cookie that browsers keep to it', () => {
  expect(cookies.forControl('v')).toMatch(
    /^__Host-Http-guildnet-[0-9a-f]{8}=v; Path=\/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax$/,
  );
  expect(cookies.forWorkspace('v')).toMatch(/; Secure; HttpOnly; SameSite=None; Partitioned$/);
  expect(cookies.forPath('v', 'cs-1')).toMatch(/^__Host-Http-guildnet-[0-9a-f]{8}-cs-1=v; /);
});

test("a header's own cookies are found among others', and other hosts' are not ours", () => {
  const pair = (cookie: string): string => cookie.split(';')[0] ?? '';
  const header = ['a=1', pair(cookies.forControl('x.y')), pair(other.forControl('z')), pair(cookies.forPath('p', 'w'))];
  expect(cookies.valuesIn(header.join('; '))).toEqual(['x.y', 'p']);
  expect(cookies.valuesIn(undefined)).toEqual([]);
  // Of all of them, and of other hosts', a workspace sees nothing.
  expect(workspaceCookies(header.join('; '))).toBe('a=1');
});
