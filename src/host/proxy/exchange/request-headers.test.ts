import { describe, expect, test } from 'vitest';
import type { Credential } from '../../sign-in/sign-in-kind.ts';
import { headerPairs } from './header-list.ts';
import { upstreamHeaders } from './request-headers.ts';
import type { ConnectionHeaders } from './request-headers.ts';

const view = { host: 'cs.localhost:8080', clientAddress: '127.0.0.1', mode: 'origin', prefix: '' } as const;
const path = { ...view, host: 'localhost:8080', mode: 'path', prefix: '/proxy/server/cs' } as const;

const ours = [
  'Forwarded: for=127.0.0.1;proto=https',
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Host: cs.localhost:8080',
  'X-Forwarded-Port: 8080',
  'X-Forwarded-Proto: https',
];

function sent(
  raw: string[],
  how: { method?: string; view?: Parameters<typeof upstreamHeaders>[2]; connection?: ConnectionHeaders } = {},
): string[] {
  const flat = upstreamHeaders(raw, how.method ?? 'GET', how.view ?? view, how.connection ?? { framing: 'none' });
  return headerPairs(flat).map(([name, value]) => `${name}: ${value}`);
}

describe('what a workspace is shown so that it lets the request in', () => {
  const raw = [
    'Host',
    'cs.localhost:8080',
    'Authorization',
    'Basic x',
    'Cookie',
    'a=1; session=mine;  session =b; sessions=2',
  ];
  test.each<[string, Credential, typeof view | typeof path, string[]]>([
    [
      'a cookie',
      { kind: 'cookie', name: 'session', value: 'v' },
      view,
      ['Authorization: Basic x', 'Cookie: a=1; sessions=2; session=v'],
    ],
    [
      'a cookie, on the single origin',
      { kind: 'cookie', name: 'session', value: 'v' },
      path,
      ['Cookie: a=1; sessions=2; session=v'],
    ],
    [
      'a token',
      { kind: 'authorization', value: 'token t' },
      view,
      ['Cookie: a=1; session=mine; session =b; sessions=2', 'Authorization: token t'],
    ],
    [
      'a token, on the single origin',
      { kind: 'authorization', value: 'token t' },
      path,
      ['Cookie: a=1; session=mine; session =b; sessions=2', 'Authorization: token t'],
    ],
  ])('%s stands in place of what the client sends', (_what, credential, from, expected) => {
    const told = sent(raw, { view: { ...from, credential } });
    expect(told.filter((line) => /^(cookie|authorization):/i.test(line))).toEqual(expected);
  });

  test('also where the client has none, or hides it behind Connection', () => {
    const credential = { kind: 'cookie', name: 'session', value: 'v' } as const;
    for (const own of [[], ['Connection', 'cookie', 'Cookie', 'session=mine; a=1']])
      expect(sent(own, { view: { ...view, credential } })).toContain('Cookie: session=v');
  });
});

describe('requests', () => {
  test('order, spelling and repetitions are the client’s', () => {
    const raw = ['Host', 'cs.localhost:8080', 'X-B', '1', 'aCCept', '*/*', 'X-B', '2', 'Authorization', 'Basic x'];
    expect(sent(raw)).toEqual([
      'Host: cs.localhost:8080',
      'X-B: 1',
      'aCCept: */*',
      'X-B: 2',
      'Authorization: Basic x',
      ...ours,
      'Connection: keep-alive',
    ]);
  });

  test('what speaks of one connection, or is merely claimed, goes no further', () => {
    const raw = [
      ['Host', 'cs.localhost:8080'],
      ['Connection', 'close, X-Secret, Host'],
      ['X-Secret', '1'],
      ['Keep-Alive', 'timeout=5'],
      ['Trailer', 'x'],
      ['Upgrade', 'h2c'],
      ['HTTP2-Settings', 'x'],
      ['Expect', '100-continue'],
      ['Proxy-Authorization', 'Bearer x'],
      ['Proxy-Connection', 'close'],
      ['Forwarded', 'for=1.2.3.4'],
      ['X-Forwarded-For', '1.2.3.4'],
      ['X-Forwarded-Prefix', '/evil'],
      ['X-Forwarded-Anything', 'x'],
      ['X-Real-IP', '1.2.3.4'],
      ['Via', 'x'],
    ].flat();
    expect(sent(raw)).toEqual(['Host: cs.localhost:8080', ...ours, 'Connection: keep-alive']);
  });

  test('HTTP/2: the host comes from the view, pseudo headers stay, split cookies are one line', () => {
    const raw = [':method', 'GET', ':authority', 'cs.localhost:8080', 'cookie', 'a=b', 'cookie', 'c=d'];
    expect(sent(raw)).toEqual(['Host: cs.localhost:8080', 'Cookie: a=b; c=d', ...ours, 'Connection: keep-alive']);
  });

  test('on the control origin the credentials are the control origin’s and stay there', () => {
    const raw = ['Host', 'localhost:8080', 'Authorization', 'Bearer x', 'Cookie', '__Host-guildnet-token=x; a=b'];
    const lines = sent(raw, { view: path });
    expect(lines.filter((line) => /^authorization/i.test(line))).toEqual([]);
    expect(lines).toContain('Cookie: a=b');
    expect(lines).toContain('X-Forwarded-Prefix: /proxy/server/cs');
  });

  test('an IPv6 client is quoted in Forwarded alone', () => {
    const lines = sent(['Host', 'x'], { view: { ...view, clientAddress: '::1' } });
    expect(lines).toContain('Forwarded: for="[::1]";proto=https');
    expect(lines).toContain('X-Forwarded-For: ::1');
  });
});

test.each<[string, string, ConnectionHeaders, string[], string[]]>([
  ['a length', 'PUT', { framing: 'length' }, ['Content-Length', '5'], ['Content-Length: 5', 'Connection: keep-alive']],
  ['chunks', 'DELETE', { framing: 'chunked' }, [], ['Transfer-Encoding: chunked', 'Connection: keep-alive']],
  ['no body where one is usual', 'POST', { framing: 'none' }, [], ['Content-Length: 0', 'Connection: keep-alive']],
  ['no body', 'DELETE', { framing: 'none' }, [], ['Connection: keep-alive']],
  [
    'trailers wanted',
    'GET',
    { framing: 'none' },
    ['TE', 'trailers, gzip'],
    ['Connection: keep-alive, TE', 'TE: trailers'],
  ],
  ['an upgrade', 'GET', { framing: 'none', upgrade: 'websocket' }, [], ['Connection: Upgrade', 'Upgrade: websocket']],
  [
    'an expectation',
    'POST',
    { framing: 'length', expectContinue: true },
    ['Content-Length', '5', 'Expect', '100-continue'],
    ['Content-Length: 5', 'Connection: keep-alive', 'Expect: 100-continue'],
  ],
])('%s is said of the connection', (_what, method, connection, raw, said) => {
  expect(sent(['Host', 'cs.localhost:8080', ...raw], { method, connection }).slice(ours.length + 1)).toEqual(said);
});
