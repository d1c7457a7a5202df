import { Duplex, duplexPair } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { Forward, ForwardListener } from '../forward.ts';
import { dataHead, FrameReader, rstStream } from './frames.ts';
import { SpdySession } from './session.ts';

afterEach(() => void vi.useRealTimers());

interface One {
  told: string[];
  forward: Forward;
  /** Reads no more, as a client that has stopped reading. */
  stop(): void;
}

function connect(session: SpdySession, port = 80): One {
  const told: string[] = [];
  let reads = true;
  const listener: ForwardListener = {
    data(bytes) {
      told.push(`data ${String(bytes)}`);
      return reads;
    },
    end: () => void told.push('end'),
    fail: (error) => void told.push(`fail ${error.message}`),
    drained: () => undefined,
  };
  return { told, forward: session.forward(port, listener, true), stop: () => void (reads = false) };
}

/** A session, its far end, and how often it has been free. */
function ground(): { session: SpdySession; socket: Duplex; far: Duplex; idle: () => number } {
  const [socket, far] = duplexPair();
  far.resume();
  far.on('error', () => undefined);
  let count = 0;
  const session = new SpdySession(socket, { idle: () => (count += 1), closed: () => undefined });
  return { session, socket, far, idle: () => count };
}

const frame = (id: number, text: string): Buffer =>
  Buffer.concat([dataHead(id, text.length, false), Buffer.from(text)]);

test('connections to one port stand side by side on a session, and each is told its own', async () => {
  const { session, far, idle } = ground();
  const [one, other] = [connect(session), connect(session)];
  expect([session.isFree, session.isSharedBy(80), session.isSharedBy(81)]).toEqual([false, true, false]);
  const elsewhere = connect(session, 81);
  await expect.poll(() => elsewhere.told).toEqual([expect.stringContaining('was cut')]);
  far.write(Buffer.concat([frame(7, 'b'), frame(3, 'a'), dataHead(3, 0, true), dataHead(1, 0, true)]));
  await expect.poll(() => [one.told, other.told]).toEqual([['data a', 'end'], ['data b']]);
  one.forward.release();
  expect([session.isFree, idle()]).toEqual([false, 0]);
  other.forward.release();
  other.forward.release();
  expect([session.isFree, idle()]).toEqual([true, 1]);
  session.close();
});

test('what comes to an end beside others takes none of them along', async () => {
  const { session, far } = ground();
  const [one, other] = [connect(session), connect(session)];
  far.write(Buffer.concat([frame(1, 'connection refused'), dataHead(1, 0, true), rstStream(3), frame(7, 'b')]));
  await expect.poll(() => [one.told.slice(0, 1), other.told]).toEqual([['fail connection refused'], ['data b']]);
  session.close();
  expect(other.told.at(-1)).toContain('fail');
});

test('a small answer is told in one piece, however it is cut on its way', async () => {
  const { session, far } = ground();
  const [one, other] = [connect(session), connect(session)];
  const bytes = Buffer.concat([frame(3, 'abcdef'), frame(7, 'ghi')]);
  for (let at = 0; at < bytes.length; at += 1) far.write(bytes.subarray(at, at + 1));
  await expect.poll(() => [one.told, other.told]).toEqual([['data abcdef'], ['data ghi']]);
  // No more is held than a node reads at a time.
  far.write(dataHead(3, 100_000, false));
  far.write('x'.repeat(10));
  await expect.poll(() => one.told.at(-1)).toBe('data xxxxxxxxxx');
  session.close();
});

test('what is asked at the same time goes out together', async () => {
  const written: string[][] = [];
  let now: string[] = [];
  const ignore = (): void => undefined;
  const data = (id: number, bytes: Buffer): void => void now.push(`${String(id)} ${String(bytes)}`);
  const reader = new FrameReader({ data, reset: ignore, end: ignore, ping: ignore, goAway: ignore });
  const socket = new Duplex({
    read: ignore,
    writev(chunks: { chunk: Buffer }[], done) {
      now = [];
      for (const { chunk } of chunks) reader.read(chunk);
      written.push(now);
      done();
    },
  });
  const session = new SpdySession(socket, { idle: ignore, closed: ignore });
  const all = [connect(session), connect(session), connect(session)];
  for (const { forward } of all) {
    // Each in a turn of its own, as requests come on several sockets at a time.
    await Promise.resolve();
    forward.write(Buffer.from('GET'));
  }
  await expect.poll(() => written).toEqual([['3 GET', '7 GET', '11 GET']]);
  session.close();
});

test('one that is more than a small answer is alone of its kind, and nothing new is put beside it', async () => {
  const { session, far } = ground();
  const [one, other] = [connect(session), connect(session)];
  expect([one.forward.weigh?.(), one.forward.weigh?.(), other.forward.weigh?.()]).toEqual([true, true, false]);
  expect(session.isSharedBy(80)).toBe(false);
  // Nothing of it is held.
  far.write(dataHead(3, 10, false));
  far.write('begin');
  await expect.poll(() => one.told).toEqual(['data begin']);
  one.forward.release();
  expect([session.isSharedBy(80), other.forward.weigh?.()]).toEqual([true, true]);
  session.close();
});

test('one that is not read stops the far end; the others are told to go elsewhere when that lasts', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { session, socket, far } = ground();
  const [slow, one, other] = [connect(session), connect(session), connect(session)];
  slow.forward.weigh?.();
  slow.stop();
  far.write(frame(3, 'much'));
  while (!socket.isPaused()) await setImmediate();
  vi.advanceTimersByTime(999);
  slow.forward.resume();
  expect(socket.isPaused()).toBe(false);
  far.write(frame(3, 'more'));
  while (!socket.isPaused()) await setImmediate();
  one.forward.release();
  expect(socket.isPaused()).toBe(true);
  vi.advanceTimersByTime(999);
  expect([slow.told, other.told]).toEqual([['data much', 'data more'], []]);
  vi.advanceTimersByTime(1);
  expect([one.told, other.told]).toEqual([[], [expect.stringContaining('was not read')]]);
  other.forward.release();
  expect(socket.isPaused()).toBe(true);
  slow.forward.release();
  expect([socket.isPaused(), session.isFree, vi.getTimerCount()]).toEqual([false, true, 0]);
  session.close();
});
