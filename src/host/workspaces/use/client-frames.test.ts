import { expect, test } from 'vitest';
import { ClientFrames, headLength } from './client-frames.ts';

interface Frame {
  opcode?: number;
  last?: boolean;
  payload?: string | Buffer;
  compressed?: boolean;
  masked?: boolean;
  reserved?: boolean;
}

/** One frame as a client writes it (RFC 6455, 5.2). */
function frame({ opcode = 1, last = true, payload = '', compressed, masked = true, reserved }: Frame): Buffer {
  const body = Buffer.from(payload);
  const first = (last ? 0x80 : 0) | (compressed === true ? 0x40 : 0) | (reserved === true ? 0x20 : 0) | opcode;
  const bit = masked ? 0x80 : 0;
  const length =
    body.length < 126
      ? Buffer.from([bit | body.length])
      : body.length < 65_536
        ? Buffer.from([bit | 126, body.length >> 8, body.length & 255])
        : Buffer.concat([Buffer.from([bit | 127]), Buffer.alloc(4), u32(body.length)]);
  if (!masked) return Buffer.concat([Buffer.from([first]), length, body]);
  const mask = Buffer.from([1, 2, 3, 250]);
  const hidden = body.map((byte, index) => byte ^ (mask[index & 3] ?? 0));
  return Buffer.concat([Buffer.from([first]), length, mask, hidden]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

type Told = [length: number, head: string, compressed: boolean];

function told(chunks: readonly Buffer[]): Told[] {
  const seen: Told[] = [];
  const frames = new ClientFrames(({ length, head, compressed }) =>
    seen.push([length, Buffer.from(head).toString('latin1'), compressed]),
  );
  for (const chunk of chunks) frames.push(chunk);
  return seen;
}

const long = 'x'.repeat(300);
const longer = Buffer.alloc(70_000, 'y');
const head = (text: string): string => text.slice(0, headLength);

const cases: [what: string, frames: Frame[], wanted: Told[]][] = [
  ['a short text', [{ payload: 'hello' }], [[5, 'hello', false]]],
  ['an empty message', [{ payload: '' }], [[0, '', false]]],
  ['binary', [{ opcode: 2, payload: Buffer.from([9, 0, 255]) }], [[3, '\x09\x00\xff', false]]],
  ['16 bits of length', [{ payload: long }], [[300, head(long), false]]],
  ['64 bits of length', [{ payload: longer }], [[70_000, head(longer.toString()), false]]],
  ['a ping', [{ opcode: 9, payload: 'now' }], []],
  ['pong and close', [{ opcode: 10 }, { opcode: 8, payload: '\x03\xe8' }], []],
  [
    'two messages',
    [{ payload: 'a' }, { payload: 'bc' }],
    [
      [1, 'a', false],
      [2, 'bc', false],
    ],
  ],
  [
    'fragments, a ping among them',
    [
      { payload: 'one', last: false },
      { opcode: 9, payload: 'p' },
      { opcode: 0, payload: 'two', last: false },
      { opcode: 0, payload: '3' },
    ],
    [[7, 'one', false]],
  ],
  ['compressed', [{ payload: 'abc', compressed: true }], [[3, '', true]]],
  [
    'plain after compressed',
    [{ payload: 'abc', compressed: true }, { payload: 'd' }],
    [
      [3, '', true],
      [1, 'd', false],
    ],
  ],
];

test.each(cases)('%s, whole, byte by byte and in any two pieces', (_what, frames, wanted) => {
  const bytes = Buffer.concat(frames.map(frame));
  expect(told([bytes])).toEqual(wanted);
  expect(told([...bytes].map((byte) => Buffer.from([byte])))).toEqual(wanted);
  const step = Math.max(1, Math.floor(bytes.length / 50));
  for (let cut = 0; cut <= bytes.length; cut += step) {
    expect(told([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(wanted);
  }
});

test.each<[string, Buffer]>([
  ['an unmasked frame', frame({ payload: 'abcdef', masked: false })],
  ['an unknown opcode', frame({ opcode: 5, payload: 'abcdef' })],
  ['a reserved bit', frame({ payload: 'abcdef', reserved: true })],
  ['another protocol', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')],
])('%s ends the following: every chunk is a message then', (_what, bytes) => {
  const after = told([bytes, Buffer.from('four'), Buffer.alloc(0)]);
  expect(after.at(-1)).toEqual([4, '', false]);
});

test('a frame of 8 EiB keeps nothing and is never told', () => {
  const header = Buffer.from([0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4]);
  expect(told([header, ...Array<Buffer>(100).fill(Buffer.alloc(65_536))])).toEqual([]);
});

test('of a flood of tiny messages a few are told for each chunk, and none is lost track of', () => {
  const flood = Buffer.concat(Array<Buffer>(1000).fill(frame({ payload: 'k' })));
  expect(told([flood]).length).toBe(16);
  expect(told([flood, frame({ payload: 'last' })]).at(-1)).toEqual([4, 'last', false]);
});

test('whatever comes, nothing is thrown', () => {
  // A small generator of our own: the same bytes on every run.
  let state = 12_345;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16;
  for (let run = 0; run < 2000; run += 1) {
    const bytes = Buffer.from(Array.from({ length: next() % 64 }, () => next() & 255));
    if (bytes.length > 1 && run % 2 === 0) {
      bytes[0] = 0x80 | (next() % 3);
      bytes[1] = (bytes[1] ?? 0) | 0x80;
    }
    for (const [length] of told([bytes, bytes])) expect(length).toBeGreaterThanOrEqual(0);
  }
});
