import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { setFrameCookie } from './response/browser-context.ts';
import { rewriteViewOf } from './response/view.ts';
import { rewriteFields, rewriteResponseHeaders } from './rewrite.ts';

const site = { controlOrigins: ['https://localhost:9999'], sharedOrigin: false, ownOrigin: () => undefined };
const target = { namespace: 'dev', pod: 'cs-12345-0', port: 3000, addresses: ['10.1.2.3'], servicePort: 80 };
const viewFor = (headers: IncomingHttpHeaders, prefix = '') =>
  rewriteViewOf({
    headers: { host: 'cs-12345.localhost:9999', ...headers },
    route: { ask: { kind: 'server', id: 'cs-12345' }, id: 'cs-12345', prefix },
    target,
    site,
  });
const ancestors = "frame-ancestors 'self' https://localhost:9999";

test('an answer to a tab: every rule at once, and what is repeated stays repeated', () => {
  const view = viewFor({ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' });
  expect(
    rewriteFields(
      [
        ['clear-site-data', '"*"'],
        ['etag', '"x"'],
        ['location', 'http://cs-12345.localhost:3000/dir/'],
        ['content-location', 'http://10.1.2.3/dir/'],
        ['refresh', '0; url=http://cs-12345.dev.svc.cluster.local/'],
        ['set-cookie', 'a=b'],
        ['set-cookie', '__Host-guildnet-session=stolen; Path=/'],
        ['set-cookie', 'c=d; Domain=localhost'],
        ['vary', 'a'],
        ['vary', 'b'],
        ['x-frame-options', 'DENY'],
      ],
      view,
    ),
  ).toEqual([
    ['etag', '"x"'],
    ['location', 'https://cs-12345.localhost:9999/dir/'],
    ['content-location', 'https://cs-12345.localhost:9999/dir/'],
    ['refresh', '0; url=https://cs-12345.localhost:9999/'],
    ['set-cookie', 'a=b; Secure; SameSite=None'],
    ['set-cookie', 'c=d; Secure; SameSite=None'],
    ['vary', 'a'],
    ['vary', 'b'],
    ['content-security-policy', ancestors],
    ['cross-origin-opener-policy', 'same-origin-allow-popups'],
    ['cross-origin-resource-policy', 'same-origin'],
  ]);
});

test('the first answer in a frame leaves the mark by which the next are known', () => {
  const view = viewFor({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' });
  const cookies = rewriteFields([['set-cookie', 'a=b']], view).filter(([name]) => name === 'set-cookie');
  expect(cookies).toEqual([
    ['set-cookie', 'a=b; Secure; SameSite=None; Partitioned'],
    ['set-cookie', setFrameCookie],
  ]);
  const next = viewFor({
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
    cookie: setFrameCookie.split(';')[0],
  });
  expect(rewriteFields([['set-cookie', 'a=b']], next).filter(([name]) => name === 'set-cookie')).toEqual(
    cookies.slice(0, 1),
  );
});

test('in place on the control origin a page has no origin, and CORS is not the workspace’s', () => {
  const fields = rewriteFields([['access-control-allow-origin', '*']], viewFor({}, '/proxy/server/cs-12345'));
  expect(Object.fromEntries(fields)).toMatchObject({
    'content-security-policy': "sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  expect(fields.map(([name]) => name)).not.toContain('access-control-allow-origin');
});

test('headers as lists', () => {
  const view = viewFor({ 'sec-fetch-site': 'none' });
  const lists = { 'content-security-policy': ["img-src *; frame-ancestors 'none'"], 'set-cookie': ['a=b'] };
  expect(rewriteResponseHeaders(lists, view)).toMatchObject({
    'content-security-policy': ['img-src *', ancestors],
    'set-cookie': ['a=b; Secure; SameSite=None'],
  });
});
