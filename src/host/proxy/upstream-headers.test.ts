import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { prepareUpstreamHeaders, workspaceCookies } from './upstream-headers.ts';

const view = {
  host: 'cs.localhost:8080',
  clientAddress: '127.0.0.1',
  mode: 'origin',
  prefix: '',
  upgrade: false,
} as const;
const path = { ...view, host: 'localhost:8080', mode: 'path', prefix: '/proxy/server/cs' } as const;

function prepared(
  headers: IncomingHttpHeaders,
  how: Parameters<typeof prepareUpstreamHeaders>[1] = view,
): IncomingHttpHeaders {
  prepareUpstreamHeaders(headers, how);
  return headers;
}

const forwarded = {
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-host': 'cs.localhost:8080',
  'x-forwarded-port': '8080',
  'x-forwarded-proto': 'https',
};

test("on its own origin a workspace gets its credentials and the client's Host", () => {
  expect(prepared({ host: 'cs.localhost:8080', authorization: 'Basic x', cookie: 'a=b', accept: '*/*' })).toEqual({
    host: 'cs.localhost:8080',
    authorization: 'Basic x',
    cookie: 'a=b',
    accept: '*/*',
    ...forwarded,
  });
});

test('on the control origin the credentials are the control origin’s and stay there', () => {
  const headers = prepared({ authorization: 'Bearer x', cookie: '__Host-guildnet-token=x; a=b' }, path);
  expect(headers.authorization).toBeUndefined();
  expect(headers.cookie).toBe('a=b');
  expect(headers['x-forwarded-prefix']).toBe('/proxy/server/cs');
});

test('what speaks of one connection, or is merely claimed, goes no further', () => {
  const headers = prepared({
    connection: 'close, X-Secret',
    'x-secret': '1',
    'keep-alive': 'timeout=5',
    te: 'trailers',
    trailer: 'x',
    expect: '100-continue',
    'proxy-authorization': 'x',
    forwarded: 'for=1.2.3.4',
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-prefix': '/evil',
    via: 'x',
  });
  expect(headers).toEqual(forwarded);
});

test('an upgrade keeps what makes it one', () => {
  const headers = prepared({ connection: 'Upgrade', upgrade: 'websocket' }, { ...view, upgrade: true });
  expect(headers).toMatchObject({ connection: 'Upgrade', upgrade: 'websocket' });
});

test.each([
  ['a=b; c=d', 'a=b; c=d'],
  ['guildnet=x', undefined],
  ['__Host-Http-guildnet-session=x; a=b', 'a=b'],
  ['a=guildnet; b=__Host-guildnet', 'a=guildnet; b=__Host-guildnet'],
  ['', undefined],
])('cookies "%s"', (header, kept) => {
  expect(workspaceCookies(header)).toBe(kept);
});
