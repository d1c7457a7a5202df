import { expect, test } from 'vitest';
import { mergeServed } from './serve.ts';

const own = { TCPForward: '127.0.0.1:5000', ProxyProtocol: 2 };

test('ours stands beside what others have, which stays as it is', () => {
  const theirs = {
    TCP: { '8443': { HTTPS: true } },
    Web: { 'box.tail.test:8443': { Handlers: { '/': { Proxy: 'http://127.0.0.1:3000' } } } },
    AllowFunnel: { 'box.tail.test:8443': true },
    Foreground: { other: { TCP: { '9000': { TCPForward: '127.0.0.1:9' } } } },
  };
  expect(mergeServed(theirs, 'me', new Map([[443, 5000]]))).toEqual({
    taken: [],
    config: { ...theirs, Foreground: { ...theirs.Foreground, me: { TCP: { '443': own } } } },
  });
});

test.each([
  ['of their own', { TCP: { '443': { HTTPS: true } } }],
  ['of another program', { Foreground: { other: { TCP: { '443': { TCPForward: '127.0.0.1:9' } } } } }],
])('a port %s is left alone and named', (_, theirs) => {
  const served = new Map([
    [443, 5000],
    [80, 5000],
  ]);
  const { config, taken } = mergeServed(theirs, 'me', served);
  expect(taken).toEqual([443]);
  expect(config).toMatchObject({ ...theirs, Foreground: { me: { TCP: { '80': own } } } });
});

test('what we do not serve any more is taken out, and nothing is left of us in the end', () => {
  const before = { Foreground: { me: { TCP: { '443': own, '20001': own } } } };
  expect(mergeServed(before, 'me', new Map([[443, 5000]])).config).toEqual({
    Foreground: { me: { TCP: { '443': own } } },
  });
  expect(mergeServed(before, 'me', new Map()).config).toEqual({});
  expect(mergeServed(null, 'me', new Map()).config).toEqual({});
});
