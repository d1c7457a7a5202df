import { createInflate } from 'node:zlib';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { dataHead, FrameReader, ping, rstStream, synStream } from './frames.ts';
import type { FrameHandler } from './frames.ts';

function recorded(): { said: string[]; reader: FrameReader } {
  const said: string[] = [];
  const handler: FrameHandler = {
    data: (id, bytes) => said.push(`data ${String(id)} ${bytes.toString()}`),
    end: (id) => said.push(`end ${String(id)}`),
    reset: (id, status) => said.push(`reset ${String(id)} ${String(status)}`),
    ping: (id) => said.push(`ping ${String(id)}`),
    goAway: () => said.push('go away'),
  };
  return { said, reader: new FrameReader(handler) };
}

const control = (type: number, content: Buffer, flags = 0): Buffer => {
  const head = Buffer.from([0x80, 3, 0, type, flags, 0, 0, content.length]);
  return Buffer.concat([head, content]);
};

const everything = Buffer.concat([
  control(2, Buffer.alloc(12)),
  dataHead(3, 5, false),
  Buffer.from('hello'),
  control(4, Buffer.from([0, 0, 0, 1, 0, 0, 0, 8])),
  ping(2),
  control(9, Buffer.alloc(8)),
  dataHead(3, 0, true),
  rstStream(3),
  control(7, Buffer.alloc(8)),
]);

const joined = (said: string[]): string => said.join('|').replaceAll(/\|data 3 /g, '');

describe('what comes is read', () => {
  test('whole', () => {
    const { said, reader } = recorded();
    reader.read(everything);
    expect(said).toEqual(['data 3 hello', 'ping 2', 'end 3', 'reset 3 5', 'go away']);
  });

  test.each([1, 2, 3, 7, 8, 9, 13])('in pieces of %i bytes', (size) => {
    const { said, reader } = recorded();
    for (let at = 0; at < everything.length; at += size) reader.read(everything.subarray(at, at + size));
    expect(joined(said)).toBe('data 3 hello|ping 2|end 3|reset 3 5|go away'.replaceAll('|ping', '|ping'));
  });
});

test.each([
  ['another version', Buffer.from([0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1])],
  ['HTTP', Buffer.from('\u00ffTTP/1.1 400 Bad Request\r\n\r\n', 'latin1')],
  ['a reset that is too short', control(3, Buffer.alloc(4))],
  ['a ping that would be held for ever', Buffer.from([0x80, 3, 0, 6, 0, 0xff, 0xff, 0xff])],
])('%s is no frame of this protocol', (_what, bytes) => {
  const { reader } = recorded();
  expect(() => reader.read(bytes)).toThrow(RangeError);
});

test('random bytes are refused or read, and nothing else', () => {
  let seed = 1;
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647);
  for (let run = 0; run < 2_000; run += 1) {
    const { reader } = recorded();
    const bytes = Buffer.from(Array.from({ length: 64 }, () => next() & 0xff));
    // Many begin like a frame, so that what follows is tried, too.
    if (run % 2 === 0) bytes.set([0x80, 3, 0, (next() % 10) + 1, next() & 1, 0, 0, next() % 16]);
    try {
      reader.read(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
});

test("a stream's headers are what an inflater with the far end's way of reading makes of them", async () => {
  const headers = [
    ['streamtype', 'data'],
    ['port', '8080'],
  ] as const;
  const frames = [synStream(1, headers, true), synStream(3, headers, false)];
  const inflate = createInflate();
  const blocks: Buffer[] = [];
  inflate.on('data', (block: Buffer) => blocks.push(block));
  for (const [index, frame] of frames.entries()) {
    expect(frame.readUInt32BE(0)).toBe(0x80_03_00_01);
    expect(frame.readUInt32BE(8)).toBe(1 + 2 * index);
    expect(frame.readUIntBE(5, 3)).toBe(frame.length - 8);
    inflate.write(frame.subarray(18));
    // Each block comes out by itself, before there is a next one.
    while (blocks.length <= index) await once(inflate, 'data');
  }
  const expected = Buffer.concat(
    [Buffer.from([0, 0, 0, 2])].concat(
      headers.flat().flatMap((text) => [Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]),
    ),
  );
  expect(blocks).toEqual([expected, expected]);
  inflate.destroy();
});
