import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followTerminal, type TerminalFollowing, type TerminalState } from './follow-terminal.ts';
import type { TerminalListener, TerminalStart } from './terminal-connection.ts';

// The host is a fake: it stands for connections that break at the moments that matter.

const size = { cols: 80, rows: 24 };
interface Opened {
  start: TerminalStart;
  listener: TerminalListener;
  acks: number[];
  isClosed: boolean;
}

let opened: Opened[];
let shown: string;
let replayed: boolean[];
let states: TerminalState[];
let taking: (() => void)[];
let following: TerminalFollowing | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  [opened, shown, replayed, states, taking] = [[], '', [], [], []];
});
afterEach(() => {
  following?.stop();
  vi.useRealTimers();
});

function follow(session?: string): void {
  following = followTerminal({
    id: 'w',
    session,
    connect(_id, start, listener) {
      const one: Opened = { start, listener, acks: [], isClosed: false };
      opened.push(one);
      return {
        input: () => undefined,
        resize: () => undefined,
        ack: (offset) => one.acks.push(offset),
        close: () => (one.isClosed = true),
      };
    },
    surface: {
      size,
      write(bytes, isReplayed, taken) {
        shown += new TextDecoder().decode(bytes);
        replayed.push(isReplayed);
        taking.push(taken);
      },
      replace(screen, taken) {
        shown = screen;
        taking.push(taken);
      },
      resize: () => undefined,
    },
    onSession: () => undefined,
    onState: (state) => states.push(state),
    random: () => 1,
  });
}

function last(): Opened {
  const one = opened.at(-1);
  if (one === undefined) throw new Error('Nothing was opened.');
  return one;
}
const attached = (offset: number, live = offset): void =>
  last().listener.message({ type: 'attached', session: 's1', attachment: 'a', offset, live, ...size });
const prints = (text: string): void => last().listener.output(new TextEncoder().encode(text));

test('a broken connection is come back to where it was', () => {
  follow();
  expect(last().start).toEqual({ ...size, session: undefined, after: undefined });
  attached(0);
  prints('one');
  last().listener.closed(undefined);
  expect(states.at(-1)).toEqual({ kind: 'broken' });
  vi.advanceTimersByTime(500);
  expect(last().start).toEqual({ ...size, session: 's1', after: 3 });
  attached(3, 6);
  prints('two');
  prints('three');
  expect(shown).toBe('onetwothree');
  expect(replayed).toEqual([false, true, false]);
  expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'live', 'broken', 'live']);
});

test('it goes on from what has come, and tells of what was shown', () => {
  follow('s1');
  attached(0);
  prints('x'.repeat(40_000));
  prints('x'.repeat(40_000));
  taking[0]?.();
  expect(last().acks).toEqual([]);
  taking[1]?.();
  expect(last().acks).toEqual([80_000]);
  last().listener.closed(undefined);
  following?.reconnect();
  expect(last().start.after).toBe(80_000);
});

test('a screen takes the place of what there was, and is told of at once', () => {
  follow('s1');
  attached(0);
  prints('old');
  last().listener.message({ type: 'screen', data: 'new', offset: 1_000, ...size });
  expect(shown).toBe('new');
  taking.at(-1)?.();
  expect(last().acks).toEqual([1_000]);
  last().listener.closed(undefined);
  following?.reconnect();
  expect(last().start.after).toBe(1_000);
});

test.each([
  {
    what: 'an exit',
    end: () => last().listener.message({ type: 'exited', code: 3 }),
    state: { kind: 'exited', code: 3 },
  },
  {
    what: 'a refusal',
    end: () => last().listener.message({ type: 'failed', error: { code: 'unsupported', message: 'no shell' } }),
    state: { kind: 'failed' },
  },
  {
    what: 'a refused call',
    end: () => last().listener.closed({ code: 'not_found', message: 'gone' }),
    state: { kind: 'failed' },
  },
])('$what is the end', ({ end, state }) => {
  follow();
  attached(0);
  end();
  expect(states.at(-1)).toMatchObject(state);
  vi.advanceTimersByTime(60_000);
  expect(opened.length).toBe(1);
});

test('a cluster that is away for a moment is waited for', () => {
  follow();
  last().listener.message({ type: 'failed', error: { code: 'cluster_offline', message: 'away' } });
  expect(last().isClosed).toBe(true);
  vi.advanceTimersByTime(500);
  expect(opened.length).toBe(2);
});

test('nothing goes on after it was stopped', () => {
  follow();
  following?.stop();
  expect(last().isClosed).toBe(true);
  last().listener.closed(undefined);
  vi.advanceTimersByTime(60_000);
  expect(opened.length).toBe(1);
});
