import { expect, test } from 'vitest';
import { readNodeMessage } from './node-messages.ts';
import type { UnreadMessage } from './node-messages.ts';

const status = { event: 'status', state: 'Running', authUrl: '', health: null, ips: ['100.64.0.1'], error: null };
const bob = { login: 'bob', device: { name: 'bobs-phone.tail.test.', id: 'n7' }, tags: [], capabilities: null };

test('a state is read, and what Go writes as null is an empty list', () => {
  expect(readNodeMessage(JSON.stringify({ ...status, name: 'host.tail.test.' }))).toMatchObject({
    event: 'status',
    state: 'Running',
    health: [],
    tags: [],
    ips: ['100.64.0.1'],
    name: 'host.tail.test.',
  });
});

test.each([
  ['a reply', { id: 3, error: 'no' }, { id: 3, error: 'no' }],
  ['an event', { event: 'peers' }, { event: 'peers' }],
  [
    'where the way out is',
    { event: 'outwards', address: '127.0.0.1:1' },
    { event: 'outwards', address: '127.0.0.1:1' },
  ],
])('%s is read', (_, sent, expected) => {
  expect(readNodeMessage(JSON.stringify(sent))).toMatchObject(expected);
});

test.each<[string, string, UnreadMessage['what']]>([
  ['no JSON', 'hello', 'other'],
  ['no object', '[]', 'other'],
  ['an unknown event', '{"event":"surprise"}', 'other'],
  ['a login longer than any', JSON.stringify({ ...status, login: 'a'.repeat(400) }), 'status'],
  ['more addresses than any node has', JSON.stringify({ ...status, ips: Array(17).fill('::1') }), 'status'],
  ['an address of a login page without end', JSON.stringify({ ...status, authUrl: 'h'.repeat(9000) }), 'status'],
  ['a peer whose login has no end', JSON.stringify({ id: 7, peer: { ...bob, login: 'b'.repeat(400) } }), { reply: 7 }],
])('%s is not read, and it is told what it was and why', (_, line, what) => {
  expect(readNodeMessage(line)).toEqual({ event: 'unread', what, why: expect.stringMatching(/./) as string });
});

test('of a capability as many values are read as are looked at, and that there are more is one that gives nothing', () => {
  const capabilities = Array.from({ length: 10_000 }, () => ({ actions: ['view'] }));
  const read = readNodeMessage(JSON.stringify({ id: 7, peer: { ...bob, capabilities } }));
  expect(read).toMatchObject({
    peer: { capabilities: [...capabilities.slice(0, 63), 'more values than are read'] },
  });
  expect(
    readNodeMessage(JSON.stringify({ id: 7, peer: { ...bob, capabilities: capabilities.slice(0, 64) } })),
  ).toMatchObject({ peer: { capabilities: capabilities.slice(0, 64) } });
});

test('a complaint of the control server is cut, not refused', () => {
  const message = readNodeMessage(JSON.stringify({ ...status, error: 'x'.repeat(5000) }));
  expect(message).toMatchObject({ error: expect.stringMatching(/^x{1023}…$/) as string });
});
