import { expect, test } from 'vitest';
import { busCall, readBusMessage } from './bus-message.ts';

/** An answer as a bus sends it: the head's fields in any order, then one boolean or nothing. */
function answer(options: { type?: number; to?: number; body?: number[]; order?: 'l' | 'B' }): Buffer {
  const { type = 2, to = 2, body = [1, 0, 0, 0], order = 'l' } = options;
  const number = (value: number): number[] =>
    order === 'l' ? [value & 0xff, (value >> 8) & 0xff, 0, 0] : [0, 0, (value >> 8) & 0xff, value & 0xff];
  const destination = [6, 1, 's'.charCodeAt(0), 0, ...number(4), ...Buffer.from(':1.7\0')];
  const fields = [
    ...destination,
    ...Array.from({ length: (8 - (destination.length % 8)) % 8 }, () => 0),
    ...[5, 1, 'u'.charCodeAt(0), 0, ...number(to)],
    ...[8, 1, 'g'.charCodeAt(0), 0, 1, 'b'.charCodeAt(0), 0],
  ];
  const head = [order.charCodeAt(0), type, 1, 1, ...number(body.length), ...number(9), ...number(fields.length)];
  const all = [...head, ...fields];
  return Buffer.from([...all, ...Array.from({ length: (8 - (all.length % 8)) % 8 }, () => 0), ...body]);
}

test('a call without an argument is as the specification has it', () => {
  const call = busCall(1, 'Hello');
  expect(call.subarray(0, 16).toString('hex')).toBe('6c01000100000000010000006d000000');
  expect(call.length % 8).toBe(0);
  expect(call.includes(Buffer.from('\x03\x01s\x00\x05\x00\x00\x00Hello\x00'))).toBe(true);
});

test('a call carries its argument behind its signature', () => {
  const call = busCall(2, 'NameHasOwner', 'org.kde.StatusNotifierWatcher');
  expect(call.includes(Buffer.from('\x08\x01g\x00\x01s\x00'))).toBe(true);
  expect(call.subarray(-34).toString('latin1')).toBe('\x1d\x00\x00\x00org.kde.StatusNotifierWatcher\x00');
});

test.each([
  ['yes', {}, { to: 2, isError: false, first: 1 }],
  ['no', { body: [0, 0, 0, 0] }, { to: 2, isError: false, first: 0 }],
  ['an answer without content', { body: [] }, { to: 2, isError: false, first: undefined }],
  ['an error', { type: 3 }, { to: 2, isError: true, first: 1 }],
  ['the answer to another call', { to: 7 }, { to: 7, isError: false, first: 1 }],
  ['what is told unasked', { type: 4 }, { to: undefined, isError: false, first: 1 }],
  ['a bus of the other byte order', { order: 'B' as const, body: [0, 0, 0, 1] }, { to: 2, isError: false, first: 1 }],
])('reads %s', (_what, options, wanted) => {
  const bytes = answer(options);
  expect(readBusMessage(bytes)).toEqual({ answer: wanted, length: bytes.length });
});

test('waits for the rest', () => {
  const bytes = answer({});
  for (let length = 0; length < bytes.length; length += 1) {
    expect(readBusMessage(bytes.subarray(0, length))).toBeUndefined();
  }
});

test('leaves what comes behind', () => {
  const bytes = answer({});
  expect(readBusMessage(Buffer.concat([bytes, bytes]))?.length).toBe(bytes.length);
});

test.each([
  ['no message', Buffer.from('HTTP/1.1 200 OK\r\n\r\n')],
  ['a message without end', Buffer.concat([Buffer.from('6c0201010000ff7f0900000000000000', 'hex')])],
  ['fields of no known kind', Buffer.from('6c0201010000000009000000080000000501780000000000', 'hex')],
])('refuses %s', (_what, bytes) => {
  expect(() => readBusMessage(bytes)).toThrow();
});
