import { describe, expect, test } from 'vitest';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import { loopbackName, parseLoopbackName } from './loopback-names.ts';

const long = `w${'a'.repeat(62)}`;

const names: [string, ProxyAsk][] = [
  ['cs-12345.localhost', { kind: 'server', id: 'cs-12345' }],
  ['3000--cs-12345.localhost', { kind: 'server', id: 'cs-12345', port: 3000 }],
  ['80--cs.localhost', { kind: 'server', id: 'cs', port: 80 }],
  ['9000s--cs.localhost', { kind: 'server', id: 'cs', port: 9000, scheme: 'https' }],
  ['8443p--cs.localhost', { kind: 'server', id: 'cs', port: 8443, scheme: 'http' }],
  ['3000--a--b.localhost', { kind: 'server', id: 'a--b', port: 3000 }],
  ['a--3000.localhost', { kind: 'server', id: 'a--3000' }],
  ['to.localhost', { kind: 'server', id: 'to' }],
  ['cs-12345---staging.localhost', { kind: 'server', id: 'cs-12345@staging' }],
  ['3000--cs---kind-2.localhost', { kind: 'server', id: 'cs@kind-2', port: 3000 }],
  ['a---b---c.localhost', { kind: 'server', id: 'a---b@c' }],
  [`${long}.localhost`, { kind: 'server', id: long }],
  [`65535s--${'w'.repeat(55)}.localhost`, { kind: 'server', id: 'w'.repeat(55), port: 65_535, scheme: 'https' }],
  ['9000--db.other.to.localhost', { kind: 'target', host: 'db.other', port: 9000 }],
  ['9000s--db.to.localhost', { kind: 'target', host: 'db', port: 9000, scheme: 'https' }],
  ['80--192.0.2.7.to.localhost', { kind: 'target', host: '192.0.2.7', port: 80 }],
  ['443--xn--bcher-kva.example.to.localhost', { kind: 'target', host: 'xn--bcher-kva.example', port: 443 }],
];

describe('the host name of an origin of its own', () => {
  test.each(names)('%s, both ways', (name, ask) => {
    expect(parseLoopbackName(name)).toEqual(ask);
    expect(loopbackName(ask)).toBe(name);
  });

  test.each<[string, ProxyAsk]>([
    ['a label of 64 characters', { kind: 'server', id: 'w'.repeat(58), port: 3000 }],
    ['a name that would be taken for one of another context', { kind: 'server', id: 'a---b' }],
    ['a label that would be taken for a part of the name', { kind: 'server', id: 'a@b---c' }],
    ['a name and a label of 64 characters', { kind: 'server', id: `${'w'.repeat(50)}@${'l'.repeat(11)}` }],
    ['an IPv6 address', { kind: 'target', host: '2001:db8::1', port: 80 }],
    ['a first label that the port makes too long', { kind: 'target', host: 'w'.repeat(60), port: 3000 }],
    ['a name of more than 253 characters', { kind: 'target', host: Array(4).fill('w'.repeat(60)).join('.'), port: 1 }],
  ])('there is none for %s', (_what, ask) => expect(loopbackName(ask)).toBeUndefined());

  test.each([
    'localhost',
    'evil.example',
    'a.b.localhost',
    '0--cs.localhost',
    '03000--cs.localhost',
    '65536--cs.localhost',
    '3000-cs.localhost',
    '3000--.localhost',
    '3000--1cs.localhost',
    '3000--4000--cs.localhost',
    '3000ss--cs.localhost',
    'cs---.localhost',
    'cs---2nd.localhost',
    'cs@staging.localhost',
    'web--.localhost',
    `3000--${'w'.repeat(58)}.localhost`,
    'db.to.localhost',
    '80--.to.localhost',
    '80--a..b.to.localhost',
    '80--127.1.to.localhost',
    '80--0x7f000001.to.localhost',
    '80--a%2e.to.localhost',
    '3000--cs.localhost.',
    '.localhost',
    '.to.localhost',
  ])('%s is none', (name) => expect(parseLoopbackName(name)).toBeUndefined());
});
