import { expect, test } from 'vitest';
import type { TransportKind } from '#contract/transport.ts';
import { learn, planWays, untried } from './way-health.ts';
import type { WayEvent, WayHealth } from './way-health.ts';

const works: WayEvent = { kind: 'works' };
const blocked: WayEvent = { kind: 'blocked', why: 'no' };
const cut = (at: number): WayEvent => ({ kind: 'cut', at });

/** What is known after these events, each at its time. */
function after(...events: [number, WayEvent][]): WayHealth {
  let health = untried;
  for (const [now, event] of events) health = learn(health, event, now);
  return health;
}

test.each<[string, WayHealth, Partial<WayHealth>]>([
  ['nothing is known of it', untried, { proven: false, shutUntil: 0 }],
  ['it answered', after([0, works]), { proven: true, shutUntil: 0 }],
  ['it was refused', after([0, blocked]), { proven: false, shutUntil: 60_000, why: 'no' }],
  ['it worked, and is refused', after([0, works], [10, blocked]), { proven: false, shutUntil: 60_010 }],
  ['it was refused twice', after([0, blocked], [60_000, blocked]), { shutUntil: 180_000, times: 2 }],
  [
    'it was refused again and again',
    after(...Array.from({ length: 40 }, (): [number, WayEvent] => [0, blocked])),
    { shutUntil: 1_800_000 },
  ],
  ['it was refused, and works again', after([0, blocked], [1, works]), { proven: true, shutUntil: 1, why: undefined }],
  ['it worked for long in between', after([0, blocked], [1, works], [1_900_000, blocked]), { shutUntil: 1_960_000 }],
  ['one connection was cut', after([0, works], [5, cut(5)]), { proven: false, shutUntil: 0, cuts: [5] }],
  [
    'all were cut at one moment',
    after([0, works], [5, cut(5)], [6, cut(6)], [7, cut(7)], [8, cut(8)]),
    { shutUntil: 0, cuts: [5] },
  ],
  [
    'it is cut at random, although each new connection works',
    after([0, cut(0)], [1, works], [20_000, cut(20_000)], [20_001, works], [40_000, cut(40_000)]),
    { proven: false, isCut: true, shutUntil: 100_000, why: 'Its connections are cut: 3 times within two minutes.' },
  ],
  [
    'it was cut now and then',
    after([0, cut(0)], [1, works], [130_000, cut(130_000)], [130_001, works], [260_000, cut(260_000)]),
    { shutUntil: 0, why: undefined, cuts: [260_000] },
  ],
])('%s', (_what, health, expected) => {
  expect(health).toMatchObject(expected);
});

test('what was cut until it was shut is shut longer when it is cut again', () => {
  const once = [0, 20_000, 40_000].map((at): [number, WayEvent] => [at, cut(at)]);
  const again = [110_000, 120_000, 130_000].map((at): [number, WayEvent] => [at, cut(at)]);
  expect(after(...once, ...again).shutUntil).toBe(130_000 + 120_000);
});

const all: TransportKind[] = ['spdy', 'spdy-websocket', 'channels', 'pod-proxy'];
const shutUntil = (time: number): WayHealth => ({ ...untried, shutUntil: time });
const cutUntil = (time: number): WayHealth => ({ ...untried, shutUntil: time, isCut: true });
const proven: WayHealth = { ...untried, proven: true };

test.each<[string, [TransportKind, WayHealth][], TransportKind[], TransportKind | undefined]>([
  ['at first: all, the best first', [], all, undefined],
  ['the best works', [['spdy', proven]], all, undefined],
  ['the best is shut', [['spdy', shutUntil(101)]], all.slice(1), undefined],
  ['its time is over, and nothing else is known', [['spdy', shutUntil(100)]], all, undefined],
  [
    'its time is over, and another one works: that one is used meanwhile',
    [
      ['spdy', shutUntil(100)],
      ['channels', proven],
    ],
    ['channels', 'spdy', 'spdy-websocket', 'pod-proxy'],
    'spdy',
  ],
  [
    'what works is used until it is better known',
    [
      ['spdy', shutUntil(500)],
      ['spdy-websocket', untried],
      ['channels', proven],
    ],
    ['channels', 'spdy-websocket', 'pod-proxy'],
    'spdy-websocket',
  ],
  [
    'all are shut: the one that is open again first',
    [
      ['spdy', shutUntil(900)],
      ['spdy-websocket', shutUntil(400)],
      ['channels', shutUntil(300)],
      ['pod-proxy', shutUntil(800)],
    ],
    ['channels'],
    undefined,
  ],
  ['one that is cut is shut while another whole one is open', [['spdy', cutUntil(900)]], all.slice(1), undefined],
  [
    'what is cut goes before what loses something, which works',
    [
      ['spdy', cutUntil(900)],
      ['spdy-websocket', shutUntil(900)],
      ['channels', cutUntil(900)],
      ['pod-proxy', proven],
    ],
    ['spdy', 'channels', 'pod-proxy'],
    undefined,
  ],
])('%s', (_what, known, use, retry) => {
  expect(planWays(new Map(known), all, 100)).toEqual({ use, retry });
});

test('where nothing is permitted nothing is tried', () => {
  expect(planWays(new Map(), [], 0)).toEqual({ use: [], retry: undefined });
});
