import { expect, test } from 'vitest';
import { readNodeMessage } from './node-messages.ts';

const status = { event: 'status', state: 'Running', authUrl: '', health: null, ips: ['100.64.0.1'], error: null };

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

test.each([
  ['no JSON', 'hello'],
  ['no object', '[]'],
  ['an unknown event', '{"event":"surprise"}'],
  ['a login longer than any', JSON.stringify({ ...status, login: 'a'.repeat(400) })],
  ['more addresses than any node has', JSON.stringify({ ...status, ips: Array.from({ length: 17 }, () => '::1') })],
  ['an address of a login page without end', JSON.stringify({ ...status, authUrl: 'h'.repeat(9000) })],
])('%s is nothing', (_, line) => {
  expect(readNodeMessage(line)).toBeUndefined();
});

test('a complaint of the control server is cut, not refused', () => {
  const message = readNodeMessage(JSON.stringify({ ...status, error: 'x'.repeat(5000) }));
  expect(message).toMatchObject({ error: expect.stringMatching(/^x{1023}…$/) as string });
});
