import { expect, test } from 'vitest';
import { handClock } from '#test/hand-clock.ts';
import { watchLine } from './line-watch.ts';

function stage() {
  const clock = handClock();
  const seen = { doubts: 0, addresses: '10.0.0.2' };
  const end = watchLine(() => (seen.doubts += 1), { clock, addresses: () => seen.addresses });
  return { clock, seen, end };
}

test('while this machine is awake and where it was, nothing is doubted', () => {
  const { clock, seen } = stage();
  for (let second = 0; second < 60; second += 1) clock.advance(1_000);
  // Held up by work.
  clock.advance(3_900);
  expect(seen.doubts).toBe(0);
});

test('after a sleep, and in another network, connections are doubted, once', () => {
  const { clock, seen } = stage();
  clock.advance(60_000);
  clock.advance(1_000);
  expect(seen.doubts).toBe(1);
  seen.addresses = '192.168.1.7';
  clock.advance(1_000);
  clock.advance(1_000);
  expect(seen.doubts).toBe(2);
});

test('it ends', () => {
  const { clock, seen, end } = stage();
  end();
  clock.advance(60_000);
  expect([seen.doubts, clock.pending]).toEqual([0, 0]);
});
