import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { clientFrame, opcodes, WebSocketReader } from './web-socket-frames.ts';
import { WebSocketStream } from './web-socket-stream.ts';

/** A server's frame. */
function frame(opcode: number, payload: Buffer, { fin = true, sizeOf = payload.length } = {}): Buffer {
  const head =
    sizeOf <= 125
      ? Buffer.from([0, sizeOf])
      : sizeOf <= 0xff_ff
        ? Buffer.from([0, 126, sizeOf >> 8, sizeOf & 0xff])
        : Buffer.concat([Buffer.from([0, 127, 0, 0, 0, 0]), Buffer.from(new Uint32Array([sizeOf]).buffer).swap32()]);
  head[0] = (fin ? 0x80 : 0) | opcode;
  return Buffer.concat([head, payload]);
}

function reading() {
  const data: Buffer[] = [];
  const told: string[] = [];
  const reader = new WebSocketReader({
    data: (bytes) => data.push(bytes),
    ping: (payload) => told.push(`ping ${String(payload)}`),
    close: (code) => told.push(`close ${String(code)}`),
  });
  return { reader, told, bytes: () => Buffer.concat(data) };
}

const closeFrame = frame(opcodes.close, Buffer.from([0x03, 0xe8]));

test('what arrives is the same however it was cut, into messages, frames and pieces', () => {
  const parts = [Buffer.alloc(0), Buffer.from('a'), Buffer.alloc(126, 'b'), Buffer.alloc(70_000, 'c')];
  const stream = Buffer.concat([
    frame(opcodes.binary, parts[0] ?? Buffer.alloc(0)),
    frame(opcodes.binary, parts[1] ?? Buffer.alloc(0), { fin: false }),
    frame(opcodes.ping, Buffer.from('p')),
    frame(opcodes.continuation, parts[2] ?? Buffer.alloc(0)),
    frame(opcodes.pong, Buffer.from('q')),
    frame(opcodes.binary, parts[3] ?? Buffer.alloc(0)),
    closeFrame,
  ]);
  for (const size of [1, 2, 3, 7, 125, 4096, stream.length]) {
    const { reader, told, bytes } = reading();
    for (let at = 0; at < stream.length; at += size) reader.read(stream.subarray(at, at + size));
    expect(bytes().equals(Buffer.concat(parts))).toBe(true);
    expect(told).toEqual(['ping p', 'close 1000']);
  }
});

test.each<[string, Buffer]>([
  ['a text message', frame(1, Buffer.from('x'))],
  ['a masked frame', Buffer.from([0x82, 0x81, 0, 0, 0, 0, 1])],
  ['an extension that was not agreed on', Buffer.from([0xc2, 1, 1])],
  ['a continuation of nothing', frame(opcodes.continuation, Buffer.from('x'))],
  ['a message in a message', Buffer.concat([frame(2, Buffer.from('x'), { fin: false }), frame(2, Buffer.from('y'))])],
  ['a ping in pieces', frame(opcodes.ping, Buffer.from('x'), { fin: false })],
  ['a ping that is too long', Buffer.from([0x89, 126, 0, 200])],
  ['an unknown control frame', frame(0xb, Buffer.alloc(0))],
  ['a length that nobody can count', Buffer.from([0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255])],
  ['what is no WebSocket', Buffer.from('HTTP/1.1 400 Bad Request')],
])('%s is refused', (_what, bytes) => {
  expect(() => reading().reader.read(bytes)).toThrow(RangeError);
});

test('a frame of a client is masked, whatever its length and its parts', () => {
  for (const length of [0, 1, 2, 3, 4, 5, 125, 126, 127, 0xff_ff, 0x1_00_00, 70_001]) {
    const payload = Buffer.from(Array.from({ length }, (_, index) => index & 0xff));
    const cut = Math.floor(length / 3);
    const made = clientFrame(opcodes.binary, [payload.subarray(0, cut), payload.subarray(cut)], 0x04_03_02_01);
    const head = length <= 125 ? 2 : length <= 0xff_ff ? 4 : 10;
    expect([...made.subarray(head, head + 4)]).toEqual([1, 2, 3, 4]);
    const unmasked = Buffer.from(made.subarray(head + 4).map((byte, index) => byte ^ ((index & 3) + 1)));
    expect(unmasked.equals(payload)).toBe(true);
  }
});

test('an implementation of another hand takes it and is taken: ws echoes what is sent, in both directions at once', async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket) => socket.on('message', (message) => socket.send(message as Buffer)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line = connect((server.address() as AddressInfo).port, '127.0.0.1');
  line.write(
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  const [head] = (await once(line, 'data')) as [Buffer];
  expect(String(head)).toMatch(/^HTTP\/1\.1 101 .*\r\n\r\n$/s);
  const stream = new WebSocketStream(line);
  const sent = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) & 0xff));
  const received: Buffer[] = [];
  let size = 0;
  const whole = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      received.push(chunk);
      size += chunk.length;
      if (size === sent.length) resolve();
    });
  });
  for (let at = 0, step = 1; at < sent.length; at += step, step = (step * 3) % 100_003) {
    const part = sent.subarray(at, at + step);
    if (!stream.write(part)) await once(stream, 'drain');
  }
  await whole;
  expect(Buffer.concat(received).equals(sent)).toBe(true);
  const closed = once(stream, 'close');
  stream.end();
  await closed;
  await new Promise((resolve) => {
    sockets.close();
    server.closeAllConnections();
    server.close(resolve);
  });
});

test('the end of the far side is told as what it is', async () => {
  const ended = duplexPair();
  const inOrder = new WebSocketStream(ended[0]);
  ended[1].write(Buffer.concat([frame(opcodes.binary, Buffer.from('last')), closeFrame]));
  expect(await text(inOrder)).toBe('last');
  const broken = duplexPair();
  const cut = new WebSocketStream(broken[0]);
  broken[1].write(frame(opcodes.close, Buffer.from([0x03, 0xf3])));
  const [error] = (await once(cut, 'error')) as [Error];
  expect(error.message).toContain('1011');
});
