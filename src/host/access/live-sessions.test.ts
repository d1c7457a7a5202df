import { expect, test, vi } from 'vitest';
import { createLiveSessions } from './live-sessions.ts';

test('a sign-in that ends takes along what is open in its name, once, and nothing else', () => {
  const live = createLiveSessions();
  const [mine, gone, other] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
  live.join('one', mine);
  const leave = live.join('one', gone);
  live.join('two', other);
  leave();
  leave();
  live.end('one');
  live.end('one');
  expect([mine.mock.calls.length, gone.mock.calls.length, other.mock.calls.length]).toEqual([1, 0, 0]);
  live.end('two');
  expect(other).toHaveBeenCalledOnce();
});
