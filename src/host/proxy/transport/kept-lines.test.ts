import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ForwardListener, Prepared } from './forward.ts';
import { KeptLines } from './kept-lines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lines to a far end that does nothing by itself. */
function lines(): { kept: KeptLines; ends: ForwardListener[]; released: () => number } {
  const ends: ForwardListener[] = [];
  let released = 0;
  const prepare = (): Promise<Prepared> =>
    Promise.resolve({
      halfCloses: true,
      discard: () => undefined,
      begin(listener) {
        ends.push(listener);
        return {
          write: () => true,
          end: () => undefined,
          fade: () => undefined,
          resume: () => undefined,
          release: () => (released += 1),
        };
      },
    });
  return { kept: new KeptLines({ prepare, idleMs: 4_000, lastIdleMs: 12_000 }), ends, released: () => released };
}

test('unused lines end after a while, and the last of them later', async () => {
  const { kept } = lines();
  const [one, other] = [await kept.open(), await kept.open()];
  kept.giveBack(one);
  kept.giveBack(other);
  vi.advanceTimersByTime(3_999);
  expect(kept.size).toBe(2);
  vi.advanceTimersByTime(1);
  expect([kept.size, one.isOver, other.isOver]).toEqual([1, true, false]);
  vi.advanceTimersByTime(7_999);
  expect(kept.size).toBe(1);
  vi.advanceTimersByTime(1);
  expect([kept.size, other.isOver]).toEqual([0, true]);
  expect(vi.getTimerCount()).toBe(0);
});

test('the last one is no older for having been used', async () => {
  const { kept } = lines();
  const line = await kept.open();
  kept.giveBack(line);
  vi.advanceTimersByTime(11_000);
  expect(kept.take()).toBe(line);
  expect(line.reused).toBe(true);
  // In use for longer than it would have been kept.
  vi.advanceTimersByTime(20_000);
  expect(line.isOver).toBe(false);
  kept.giveBack(line);
  vi.advanceTimersByTime(11_999);
  expect(line.isOver).toBe(false);
  vi.advanceTimersByTime(1);
  expect(line.isOver).toBe(true);
});

test('one whose server says how long it waits ends before that', async () => {
  const { kept } = lines();
  const line = await kept.open();
  line.keptMs = 2_000;
  kept.giveBack(line);
  vi.advanceTimersByTime(2_000);
  expect([line.isOver, kept.size, vi.getTimerCount()]).toEqual([true, 0, 0]);
  const hurried = await kept.open();
  hurried.keptMs = 0;
  kept.giveBack(hurried);
  expect(hurried.isOver).toBe(true);
});

test('one ends with its far end, and with what comes while nobody asked, at any time', async () => {
  const { kept, ends } = lines();
  for (const happens of [
    (end: ForwardListener) => end.end(),
    (end: ForwardListener) => void end.data(Buffer.from('HTTP/1.1 200 OK\r\n\r\n')),
    (end: ForwardListener) => end.fail(new Error('cut')),
  ]) {
    const line = await kept.open();
    kept.giveBack(line);
    vi.advanceTimersByTime(8_000);
    const end = ends.at(-1);
    if (end === undefined) throw new Error('Nothing was opened.');
    happens(end);
    expect([line.isOver, kept.size, kept.take(), vi.getTimerCount()]).toEqual([true, 0, undefined, 0]);
  }
});

test('all end with the pod, used or not, and none is kept behind it', async () => {
  const { kept, released } = lines();
  const [used, unused] = [await kept.open(), await kept.open()];
  kept.giveBack(unused);
  kept.destroy();
  expect([used.isOver, unused.isOver, released()]).toEqual([true, true, 2]);
  expect((await kept.open()).isOver).toBe(true);
  kept.giveBack(used);
  expect([kept.size, kept.take(), vi.getTimerCount()]).toEqual([0, undefined, 0]);
});

test('whoever uses one when the pod goes is told', async () => {
  const { kept } = lines();
  const line = await kept.open();
  const told: Error[] = [];
  const user = { data: () => true, end: () => undefined, drained: () => undefined };
  line.use({ ...user, fail: (error) => void told.push(error) });
  kept.destroy();
  kept.destroy();
  expect(told.map((error) => (error as NodeJS.ErrnoException).code)).toEqual(['ECONNRESET']);
});

/** Lines that may stand side by side where `shares` says so, and what was begun and let go of each kind. */
function sharing(shares: () => boolean): { kept: KeptLines; log: string[]; weighs: { says: boolean } } {
  const log: string[] = [];
  const weighs = { says: true };
  const made = (kind: 'alone' | 'beside'): Prepared => ({
    halfCloses: true,
    isShared: kind === 'beside',
    discard: () => undefined,
    begin() {
      log.push(`+${kind}`);
      const nothing = (): void => undefined;
      const release = (): void => void log.push(`-${kind}`);
      return { write: () => true, end: nothing, fade: nothing, resume: nothing, weigh: () => weighs.says, release };
    },
  });
  const kept = new KeptLines({
    prepare: () => Promise.resolve(made('alone')),
    share: () => (shares() ? made('beside') : undefined),
  });
  return { kept, log, weighs };
}

/** So many small answers on one line after another. */
async function answered(kept: KeptLines, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) kept.giveBack(kept.take() ?? (await kept.open()), true);
}

test('after many small answers lines stand side by side, until there is another answer', async () => {
  const { kept, log, weighs } = sharing(() => true);
  const other = await kept.open();
  await answered(kept, 255);
  expect(log).toEqual(['+alone', '+alone']);
  await answered(kept, 1);
  kept.giveBack(other, true);
  expect([log.splice(0), kept.size]).toEqual([['+alone', '+alone', '-alone', '+beside', '-alone', '+beside'], 2]);
  const [one, two] = [kept.take(), kept.take()];
  const three = await kept.open();
  if (one === undefined || two === undefined) throw new Error('Nothing was kept.');
  kept.giveBack(three, true);
  expect([log.splice(0), three.isShared]).toEqual([['+beside'], true]);
  // The unused one goes at once; what is in use, when it comes back.
  expect(kept.weigh(one)).toBe(true);
  expect([log.splice(0), kept.size]).toEqual([['-beside'], 2]);
  weighs.says = false;
  expect(kept.weigh(two)).toBe(false);
  kept.giveBack(one);
  expect([log.splice(0), two.isOver, kept.size]).toEqual([['-beside', '-beside'], true, 0]);
  await answered(kept, 10);
  expect([log, kept.size, vi.getTimerCount()]).toEqual([['+alone'], 1, 1]);
});

test('where nothing can be shared, lines are kept as they are', async () => {
  const { kept, log } = sharing(() => false);
  await answered(kept, 2_000);
  // Once it was tried.
  expect(log).toEqual(['+alone', '-alone', '+alone']);
});

test('no more of them stand side by side than a page asks for', async () => {
  const { kept } = sharing(() => true);
  await answered(kept, 256);
  const lines = [];
  for (let index = 0; index < 70; index += 1) lines.push(kept.take() ?? (await kept.open()));
  expect(lines.filter(({ isShared }) => isShared)).toHaveLength(64);
  for (const line of lines) kept.giveBack(line, true);
  expect(kept.size).toBe(70);
});
