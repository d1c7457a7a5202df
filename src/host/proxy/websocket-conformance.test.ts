import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { startFront } from '#test/proxy/front.ts';
import type { Front } from '#test/proxy/front.ts';
import { openRaw } from '#test/proxy/raw-client.ts';

// After the handshake the connection is the two ends' own (RFC 6455, 1.5): also what is wrong with a frame is for them to say.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const granted =
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

/** Grants every upgrade and sends all bytes back, whatever they mean. */
const mirror = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.setNoDelay(true);
  socket.once('data', () => {
    socket.write(granted);
    socket.pipe(socket);
  });
});
const echo = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: { threshold: 0 },
  maxPayload: 128 * 1024 * 1024,
  handleProtocols: (offered) => [...offered].at(-1) ?? false,
});
echo.on('connection', (socket) => {
  socket.on('message', (message, binary) => socket.send(message, { binary }));
  socket.on('error', () => socket.terminate());
});

let bytes: Front;
let messages: Front;
beforeAll(async () => {
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
  if (echo.address() === null) await once(echo, 'listening');
  bytes = await startFront((mirror.address() as AddressInfo).port);
  messages = await startFront((echo.address() as AddressInfo).port);
});
afterAll(async () => {
  await bytes[Symbol.asyncDispose]();
  await messages[Symbol.asyncDispose]();
  mirror.close();
  echo.close();
});

function frame(first: number, payload: Buffer, { masked = true, length = payload.length } = {}): Buffer {
  const mask = masked ? 0x80 : 0;
  const size = Buffer.alloc(length < 126 ? 1 : length < 65_536 ? 3 : 9);
  if (length < 126) size[0] = mask | length;
  else if (length < 65_536) {
    size[0] = mask | 126;
    size.writeUInt16BE(length, 1);
  } else {
    size[0] = mask | 127;
    size.writeBigUInt64BE(BigInt(length), 1);
  }
  return Buffer.concat([Buffer.from([first]), size, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload]);
}

const text = (content: string): Buffer => Buffer.from(content);
const closing = (code: number): Buffer => {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return frame(0x88, payload);
};

/** The case list of the Autobahn test suite (sections 1 to 7), as bytes. */
const frames: readonly [what: string, bytes: Buffer][] = [
  ...[0, 1, 125, 126, 127, 128, 65_535, 65_536, 1_000_000].flatMap((size): [string, Buffer][] => [
    [`a text of ${size} bytes`, frame(0x81, Buffer.alloc(size, '*'))],
    [`a binary message of ${size} bytes`, frame(0x82, Buffer.alloc(size, 0xfe))],
  ]),
  ['a ping', frame(0x89, Buffer.alloc(0))],
  ['a ping of 125 bytes', frame(0x89, Buffer.alloc(125, 0xfe))],
  ['a ping that is too large', frame(0x89, Buffer.alloc(126, 0xfe))],
  ['a pong that nobody asked for', frame(0x8a, text('unsolicited'))],
  ['ten pings at once', Buffer.concat(Array<Buffer>(10).fill(frame(0x89, text('x'))))],
  ...[0xc1, 0xa1, 0x91, 0xf1, 0xf9, 0xf8].map((first): [string, Buffer] => [
    `reserved bits 0x${first.toString(16)}`,
    frame(first, text('x')),
  ]),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((code): [string, Buffer] => [
    `the reserved opcode ${code}`,
    frame(0x80 | code, text('x')),
  ]),
  ['a fragmented text', Buffer.concat([frame(0x01, text('frag')), frame(0x80, text('ment'))])],
  [
    'a ping between fragments',
    Buffer.concat([frame(0x01, text('a')), frame(0x89, text('p')), frame(0x00, text('b')), frame(0x80, text('c'))]),
  ],
  ['a fragmented ping', Buffer.concat([frame(0x09, text('a')), frame(0x80, text('b'))])],
  ['a continuation of nothing', frame(0x80, text('x'))],
  ['a new message inside another', Buffer.concat([frame(0x01, text('a')), frame(0x81, text('b'))])],
  ['empty fragments', Buffer.concat([frame(0x01, text('')), frame(0x00, text('')), frame(0x80, text(''))])],
  ['text that is no UTF-8', frame(0x81, Buffer.from([0xce, 0xba, 0xe1, 0xbd, 0xb9, 0xed, 0xa0, 0x80]))],
  [
    'a character cut by fragments',
    Buffer.concat([frame(0x01, Buffer.from([0xe2, 0x82])), frame(0x80, Buffer.from([0xac]))]),
  ],
  ['a frame without a mask', frame(0x81, text('x'), { masked: false })],
  ['a length in more bytes than it needs', Buffer.concat([Buffer.from([0x81, 0xfe, 0x00, 0x01]), Buffer.alloc(5)])],
  ['a length beyond what there may be', Buffer.from('81ffffffffffffffffff00000000', 'hex')],
  ['a frame whose rest never comes', frame(0x81, text('x'), { length: 500 })],
  ['a close without a reason', frame(0x88, Buffer.alloc(0))],
  ['a close of one byte', frame(0x88, Buffer.from([3]))],
  ['a close with a long reason', frame(0x88, Buffer.concat([Buffer.from([0x03, 0xe8]), Buffer.alloc(123, '*')]))],
  ['a close with a reason that is no UTF-8', frame(0x88, Buffer.from([0x03, 0xe8, 0xce, 0xba, 0xed, 0xa0, 0x80]))],
  ['a message after a close', Buffer.concat([frame(0x88, Buffer.alloc(0)), frame(0x81, text('late'))])],
  ...[
    0, 999, 1000, 1001, 1003, 1004, 1005, 1006, 1007, 1011, 1012, 1015, 1016, 1100, 2000, 2999, 3000, 3999, 4000, 4999,
    5000, 65_535,
  ].map((code): [string, Buffer] => [`close code ${code}`, closing(code)]),
  ['bytes that are no frame', randomBytes(100_000)],
];

describe('frames, which pass as they are, both ways', () => {
  test.each(frames)('%s', async (_what, sent) => {
    const client = await openRaw(bytes);
    const handshake = `GET /ws HTTP/1.1\r\nHost: ${bytes.authority('w')}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
    expect(await client.ask({ bytes: handshake, upgrade: true })).toMatchObject({ head: { status: 101 } });
    client.socket.write(sent);
    await waitUntil(() => Promise.resolve(client.rest.length >= sent.length || client.ended), {
      what: 'the bytes to come back',
      timeoutMs: 20_000,
      intervalMs: 5,
    });
    expect(client.rest.equals(sent)).toBe(true);
    client.close();
  });
});

describe('between two programs that know the protocol', () => {
  function open(options: WebSocket.ClientOptions = {}, protocols: string[] = []): WebSocket {
    const { port, ca } = messages;
    const headers = { host: messages.authority('w') };
    const maxPayload = 128 * 1024 * 1024;
    const all = { servername: 'w.localhost', ca, headers, maxPayload, ...options };
    return new WebSocket(`wss://127.0.0.1:${String(port)}/ws`, protocols, all);
  }

  test.each([
    ['as it is', false],
    ['compressed', true],
  ])('a message of 64 MB comes back whole, %s', async (_what, perMessageDeflate) => {
    const socket = open({ perMessageDeflate });
    await once(socket, 'open');
    expect(socket.extensions).toBe(perMessageDeflate ? 'permessage-deflate' : '');
    const message = Buffer.alloc(64 * 1024 * 1024, randomBytes(4_099));
    socket.send(message);
    const [back] = (await once(socket, 'message')) as [Buffer];
    expect(back.equals(message)).toBe(true);
    socket.terminate();
  });

  test('the subprotocol is the one that the workspace chose', async () => {
    const socket = open({}, ['one', 'two']);
    await once(socket, 'open');
    expect(socket.protocol).toBe('two');
    socket.terminate();
  });

  test.each([1000, 1001, 1011, 3000, 4999])('the close code %d arrives at the other end', async (code) => {
    const socket = open();
    const connected = once(echo, 'connection') as Promise<[WebSocket]>;
    await once(socket, 'open');
    const [other] = await connected;
    const told = once(other, 'close');
    const answered = once(socket, 'close');
    socket.close(code, 'why');
    expect([(await told)[0], String((await told)[1]), (await answered)[0]]).toEqual([code, 'why', code]);
  });

  test('a close by the workspace arrives at the client', async () => {
    const socket = open();
    const connected = once(echo, 'connection') as Promise<[WebSocket]>;
    await once(socket, 'open');
    const [other] = await connected;
    const told = once(socket, 'close');
    other.close(4_001, 'enough');
    expect([(await told)[0], String((await told)[1])]).toEqual([4_001, 'enough']);
  });
});
