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
  const pool = new SessionPool(
    async () => {
      dialled += 1;
      const end = farEnd();
      ends.push(end);
      return end.socket;
    },
    { empty, cut: () => undefined },
  );
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

test('after this machine has slept, a kept session is asked before it is used, and the connection on another is left alone', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const ends: FarEnd[] = [];
    const pool = new SessionPool(
      async () => {
        const end = farEnd();
        ends.push(end);
        return end.socket;
      },
      { empty: () => undefined, cut: () => undefined },
    );
    const kept = await pool.take();
    const busy = await pool.take();
    const { told, listener } = listening();
    busy.forward(80, listener);
    pool.giveBack(kept);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(pool.takeIdle()).toBeUndefined();
    expect(await pool.take()).toBe(kept);
    expect(ends[0]?.pings).toHaveLength(1);
    expect(told).toEqual([]);
    pool.close();
  } finally {
    vi.useRealTimers();
  }
});

test('a connection that has ended and fades leaves the session to the next one, and is told its own end', async () => {
  const { socket, far } = farEnd();
  const idle = vi.fn<() => void>();
  const session = new SpdySession(socket, { ...nothing, idle });
  const first = listening();
  const forward = session.forward(80, first.listener);
  forward.end();
  forward.fade();
  expect([session.isFree, idle.mock.calls.length]).toEqual([true, 1]);
  const second = listening();
  const other = session.forward(80, { ...second.listener, data: (bytes) => second.listener.data(bytes) });
  far.write(Buffer.concat([dataHead(7, 3, false), Buffer.from('new'), dataHead(3, 4, false), Buffer.from('late')]));
  await expect.poll(() => [first.told, second.told]).toEqual([['data late'], ['data new']]);
  far.write(Buffer.concat([dataHead(3, 0, true), dataHead(1, 0, true)]));
  await expect.poll(() => first.told).toEqual(['data late', 'end']);
  forward.release();
  expect(session.isFree).toBe(false);
  other.release();
  expect(session.isFree).toBe(true);
  session.close();
  expect([first.told.length, second.told]).toEqual([2, ['data new']]);
});

test('a faded connection that nobody reads holds nobody back, and one that is let go is heard of no more', async () => {
  const { socket, far } = farEnd();
  const session = new SpdySession(socket, nothing);
  let heard = 0;
  const full: ForwardListener = { ...listening().listener, data: (bytes) => (heard += bytes.length) < 0 };
  const forward = session.forward(80, full);
  forward.end();
  forward.fade();
  const next = listening();
  session.forward(80, next.listener);
  far.write(Buffer.concat([dataHead(3, 2, false), Buffer.from('xx'), dataHead(7, 2, false), Buffer.from('ok')]));
  await expect.poll(() => next.told).toEqual(['data ok']);
  expect([heard, socket.isPaused()]).toEqual([2, false]);
  forward.release();
  far.write(Buffer.concat([dataHead(3, 2, false), Buffer.from('xx'), dataHead(7, 2, false), Buffer.from('on')]));
  await expect.poll(() => next.told).toEqual(['data ok', 'data on']);
  expect(heard).toBe(2);
  session.close();
});

test('no session has faded connections without end, and its own end is told to all of them', async () => {
  const { socket } = farEnd();
  const session = new SpdySession(socket, nothing);
  const all = Array.from({ length: 64 }, () => {
    const { told, listener } = listening();
    const forward = session.forward(80, listener);
    forward.end();
    forward.fade();
    return told;
  });
  const { told, listener } = listening();
  const last = session.forward(80, listener);
  last.end();
  last.fade();
  expect(session.isFree).toBe(false);
  session.close();
  expect([...all, told].every((one) => one.length === 1 && one[0]?.startsWith('fail') === true)).toBe(true);
});

test.each([
  ['says something is kept', true, []],
  ['says nothing is cut', false, ['fail The API server has gone silent.']],
] as const)('a session that is doubted and %s', async (_what, answersPings, expected) => {
  const { socket } = farEnd({ answersPings });
  const { told, listener } = listening();
  const session = new SpdySession(socket, nothing);
  session.forward(80, listener);
  await session.doubt(50);
  expect(told).toEqual(expected);
  session.close();
});

test('what came before it was doubted does not speak for a session', async () => {
  const { socket, far } = farEnd({ answersPings: false });
  const { told, listener } = listening();
  const session = new SpdySession(socket, nothing);
  session.forward(80, listener);
  const doubted = session.doubt(100);
  far.write(Buffer.concat([dataHead(3, 2, false), Buffer.from('ok')]));
  await doubted;
  expect(told).toEqual(['data ok', 'fail The API server has gone silent.']);
});
