import { beforeEach, describe, expect, test } from 'vitest';
import { Evidence } from './evidence.ts';
import { watchTerminal } from './watch-terminal.ts';

const hour = 3_600_000;
let now: number;
let uses: number[];
const watch = () => {
  const evidence = new Evidence();
  const watched = watchTerminal({ evidence, clock: { now: () => now }, used: () => uses.push(now) });
  return { ...watched, evidence };
};

beforeEach(() => {
  now = 1_000_000_000;
  uses = [];
});

describe('a terminal is use', () => {
  test('when it is opened', () => {
    const { evidence } = watch();
    expect(uses.length).toBe(1);
    expect(evidence.reason?.by).toBe('program');
  });

  test('when somebody types, however long after', () => {
    const terminal = watch();
    // As people do: now and then.
    for (const pause of [20, 3, 50, 7, 200]) {
      now += pause * 60_000;
      const before = uses.length;
      terminal.input(1);
      expect(uses.length).toBe(before + 1);
    }
    expect(terminal.evidence.reason?.by).toBe('input');
  });

  test('while it prints much, for eight hours after the last key', () => {
    const terminal = watch();
    const isUsedAfter = (ms: number): boolean => {
      now = 1_000_000_000 + ms;
      const before = uses.length;
      for (let times = 0; times < 40; times += 1) {
        now += 3_000;
        terminal.output(8_192);
      }
      return uses.length > before;
    };
    expect(isUsedAfter(2 * hour)).toBe(true);
    expect(isUsedAfter(7 * hour)).toBe(true);
    expect(isUsedAfter(9 * hour)).toBe(false);
  });
});
