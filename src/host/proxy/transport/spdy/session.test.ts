import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { expect, test, vi } from 'vitest';
import type { ForwardListener } from '../forward.ts';
import { dataHead, FrameReader, ping, rstStream } from './frames.ts';
import { SessionPool } from './session-pool.ts';
import { SpdySession } from './session.ts';

// A far end that does what a kubelet does not do on demand: to be silent, to leave, to answer in another order.

interface FarEnd {
  socket: Duplex;
  far: Duplex;
  /** Pings that came, by number. */
  pings: number[];
}

function farEnd({ answersPings = true } = {}): FarEnd {
  const [socket, far] = duplexPair();
  const pings: number[] = [];
  const ignore = (): void => undefined;
  const reader = new FrameReader({
    data: ignore,
    end: ignore,
    reset: ignore,
    goAway: ignore,
    ping(id) {
      pings.push(id);
      if (answersPings) far.write(ping(id));
    },
  });
  // Streams are opened with control frames that a client never gets to read; they are skipped by their length.
  far.on('data', (chunk: Buffer) => reader.read(chunk));
  far.on('error', ignore);
  return { socket, far, pings };
}

function listening() {
  const told: string[] = [];
  const listener: ForwardListener = {
    data: (bytes) => told.push(`data ${String(bytes)}`) > 0,
    end: () => told.push('end'),
    fail: (error) => told.push(`fail ${error.message}`),
    drained: () => undefined,
  };
  return { told, listener };
}

const nothing = { idle: () => undefined, closed: () => undefined };

test('how a connection ended is known when both streams have ended, in whatever order', async () => {
  for (const [first, second] of [
    [1, 3],
    [3, 1],
  ] as const) {
    const { socket, far } = farEnd();
    const { told, listener } = listening();
    const session = new SpdySession(socket, nothing);
    session.forward(80, listener);
    far.write(Buffer.concat([dataHead(3, 2, false), Buffer.from('ok'), dataHead(first, 0, true)]));
    await expect.poll(() => told).toEqual(['data ok']);
    far.write(Buffer.concat([dataHead(second, 0, true), rstStream(3, 1)]));
    await expect.poll(() => told).toEqual(['data ok', 'end']);
    session.close();
  }
});

test('what the node reports is the reason, whichever stream ends first', async () => {
  const report = Buffer.from('dial tcp4 127.0.0.1:80: connect: connection refused');
  const { socket, far } = farEnd();
  const { told, listener } = listening();
  const session = new SpdySession(socket, nothing);
  session.forward(80, listener);
  far.write(Buffer.concat([dataHead(3, 0, true), dataHead(1, report.length, true), report]));
  await expect.poll(() => told).toEqual([`fail ${report.toString()}`]);
  session.close();
});

test('a far end that leaves takes no new connection, and lets the present one go on', async () => {
  const { socket, far } = farEnd();
  const { told, listener } = listening();
  const session = new SpdySession(socket, nothing);
  const forward = session.forward(80, listener);
  far.write(Buffer.from([0x80, 3, 0, 7, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0, 0]));
  far.write(Buffer.concat([dataHead(3, 2, false), Buffer.from('ok')]));
  await expect.poll(() => told).toEqual(['data ok']);
  forward.release();
  expect(session.isFree).toBe(false);
  expect(socket.destroyed).toBe(true);
});

test('what is no SPDY ends the session with its connection', async () => {
  const { socket, far } = farEnd();
  const { told, listener } = listening();
  const closed = vi.fn<() => void>();
  new SpdySession(socket, { idle: () => undefined, closed }).forward(80, listener);
  far.write('HTTP/1.1 400 Bad Request\r\n\r\n'.replace('H', '\u0080'), 'latin1');
  await expect.poll(() => told).toEqual([expect.stringContaining('does not speak SPDY')]);
  expect(closed).toHaveBeenCalledTimes(1);
});

test('a session that is taken refuses a second connection at once', async () => {
  const { socket } = farEnd();
  const session = new SpdySession(socket, nothing);
  session.forward(80, listening().listener);
  const second = listening();
  session.forward(80, second.listener);
  await expect.poll(() => second.told).toEqual([expect.stringContaining('was cut')]);
  session.close();
});

test('whether the far end is there can be asked', async () => {
  const there = new SpdySession(farEnd().socket, nothing);
  const silent = new SpdySession(farEnd({ answersPings: false }).socket, nothing);
  expect(await there.answers(5_000)).toBe(true);
  expect(await silent.answers(10)).toBe(false);
  there.close();
  silent.close();
  expect(await there.answers(5_000)).toBe(false);
});

test('a session is used again, dialled only when none is free, and none outlives its pool', async () => {
  let dialled = 0;
  const ends: FarEnd[] = [];
  const empty = vi.fn<() => void>();
  const pool = new SessionPool(async () => {
    dialled += 1;
    const end = farEnd();
    ends.push(end);
    return end.socket;
  }, empty);
  const first = await pool.take();
  const forward = first.forward(80, listening().listener);
  const second = await pool.take();
  expect([second === first, dialled]).toEqual([false, 2]);
  forward.release();
  expect(pool.takeIdle()).toBe(first);
  expect(pool.takeIdle()).toBeUndefined();
  pool.giveBack(first);
  expect(await pool.take()).toBe(first);
  const { told, listener } = listening();
  first.forward(80, listener);
  pool.close();
  expect(told).toEqual([expect.stringContaining('was cut')]);
  expect(ends.every(({ socket }) => socket.destroyed)).toBe(true);
  expect(empty).toHaveBeenCalledTimes(1);
  await expect(pool.take()).rejects.toMatchObject({ failure: 'lost' });
});
