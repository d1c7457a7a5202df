import { describe, expect, test } from 'vitest';
import type { Home } from '#contract/home.ts';
import type { Server } from '#contract/server.ts';
import { deletionOf, offeredForMs, standing, stateOf, withOffer, type Deletion } from './deletions.ts';

const server = (created_at: string, id = 'a'): Server => ({
  id,
  name: id,
  image: 'i',
  status: 'running',
  phase: 'Terminating',
  created_at,
});
const home = (state: Home['state'], id = 'a'): Home => ({ id, state });
const deletion = (part: Partial<Deletion> = {}): Deletion => ({
  id: 'a',
  name: 'a',
  createdAt: '2026-01-01T00:00:00Z',
  keptUntil: undefined,
  ...part,
});
const now = Date.parse('2026-02-01T00:00:00Z');
const goneAway = { servers: {}, homes: { a: home('kept') } };

test('what was deleted can be taken back where its home was kept', () => {
  const one = server('2026-01-01T00:00:00Z');
  expect(deletionOf(one, { deleted: 'a' })).toBeUndefined();
  expect(deletionOf(one, { deleted: 'a', home: { id: 'a' } })).toEqual(deletion());
  expect(deletionOf(one, { deleted: 'a', home: { id: 'a', retained_until: '2026-02-01T00:00:00Z' } })).toEqual(
    deletion({ keptUntil: now }),
  );
});

describe('stateOf', () => {
  test.each([
    ['still there', {}, { servers: { a: server('2026-01-01T00:00:00Z') }, homes: { a: home('used') } }, 'going'],
    ['gone', {}, goneAway, 'gone'],
    ['gone, and its home not said to be free yet', {}, { servers: {}, homes: { a: home('used') } }, 'gone'],
    ['back by another way', {}, { servers: { a: server('2026-01-31T00:00:00Z') }, homes: { a: home('used') } }, 'over'],
    ['its home deleted for good', {}, { servers: {}, homes: { a: home('deleting') } }, 'over'],
    ['its home gone', {}, { servers: {}, homes: {} }, 'over'],
    ['its home’s time over', { keptUntil: now }, goneAway, 'over'],
    ['its home’s time almost over', { keptUntil: now + 1 }, goneAway, 'gone'],
  ] as const)('%s', (_, part, world, state) => {
    expect(stateOf(deletion(part), world, now)).toBe(state);
  });
});

describe('standing', () => {
  const offers = withOffer([], [deletion()], { key: 1, now });
  const [offer] = offers;

  test('an offer stands for its time, and the same list stays the same', () => {
    expect(standing(offers, goneAway, now + offeredForMs - 1)).toBe(offers);
    expect(standing(offers, goneAway, now + offeredForMs)).toEqual([]);
  });

  test.each(['isHeld', 'isWanted'] as const)('one that %s has no end', (what) => {
    const lasting = offers.map((it) => ({ ...it, [what]: true }));
    expect(standing(lasting, goneAway, now + 10 * offeredForMs)).toBe(lasting);
  });

  test('of several, what is back by another way is taken out, and with the last one the offer goes', () => {
    const two = withOffer([], [deletion(), deletion({ id: 'b', name: 'b' })], { key: 2, now });
    const restored = server('2026-01-31T00:00:00Z', 'b');
    const world = { servers: { b: restored }, homes: { a: home('kept'), b: home('used', 'b') } };
    expect(standing(two, world, now)).toEqual([{ ...two[0], deletions: offer?.deletions }]);
    expect(standing(two, { servers: { b: restored }, homes: {} }, now)).toEqual([]);
  });
});

test('deletions that kept nothing make no offer, and of many offers the newest stay', () => {
  expect(withOffer([], [], { key: 1, now })).toEqual([]);
  const keys = [1, 2, 3, 4];
  const offers = keys.reduce<ReturnType<typeof withOffer>>(
    (all, key) => withOffer(all, [deletion()], { key, now }),
    [],
  );
  expect(offers.map(({ key }) => key)).toEqual([2, 3, 4]);
});
