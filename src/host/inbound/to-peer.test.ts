import { expect, test } from 'vitest';
import { readGrant } from '../permission/grants.ts';
import { toPeer } from './to-peer.ts';

const bob = { login: 'bob', device: { name: 'bobs-phone.tail.test.', id: 'n7' }, tags: [], capabilities: [] };

test('whois becomes a peer, capabilities as the texts that they came as', () => {
  expect(toPeer({ ...bob, capabilities: [{ actions: ['view'] }, 'nonsense', null] })).toEqual({
    kind: 'peer',
    login: 'bob',
    device: { name: 'bobs-phone.tail.test', id: 'n7' },
    tags: [],
    capabilities: ['{"actions":["view"]}', '"nonsense"', 'null'],
  });
});

test('a capability that is too long to be read is one that gives nothing, and not none', () => {
  const { capabilities } = toPeer({ ...bob, capabilities: [{ actions: ['view'], note: 'x'.repeat(20_000) }] });
  expect(capabilities).toHaveLength(1);
  expect(readGrant(capabilities[0] ?? '')).toEqual({ problem: 'a value that is too long' });
});

test.each([
  ['nobody', { ...bob, login: '' }],
  ['a login that would have to be cut', { ...bob, login: 'b'.repeat(300) }],
  ['a device without an id', { ...bob, device: { name: 'x', id: '' } }],
])('%s is nobody', (_what, who) => {
  expect(() => toPeer(who)).toThrow(/cannot tell apart/);
});
