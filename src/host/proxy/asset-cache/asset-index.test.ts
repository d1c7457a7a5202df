import { expect, test } from 'vitest';
import { AssetIndex, defaultBounds } from './asset-index.ts';
import type { KeptEntry } from './kept-entry.ts';

const bounds = { bytes: 100, entries: 6, share: 0.5 };

function entry(address: string, size: number, more: Partial<KeptEntry> = {}): KeptEntry {
  return {
    version: 1,
    workspace: 'a',
    image: 'i',
    port: 80,
    address,
    selectedBy: {},
    headers: {},
    storedAt: 0,
    size,
    hash: `${address}${String(size)}`,
    ...more,
  };
}
const pathsOf = (entries: readonly KeptEntry[]): string[] => entries.map(({ address }) => address);

test('an address has its own, by workspace, image and port', () => {
  const index = new AssetIndex(bounds);
  const one = entry('/x', 1);
  index.add(one);
  expect(index.at(one)).toEqual([one]);
  for (const other of [{ workspace: 'b' }, { image: 'j' }, { port: 81 }, { address: '/y' }])
    expect(index.at({ ...one, ...other })).toEqual([]);
});

test('a newer answer takes the place of the same, and not that of another coding', () => {
  const index = new AssetIndex(bounds);
  const [old, gzip, young] = [
    entry('/x', 1),
    entry('/x', 2, { selectedBy: { 'accept-encoding': 'gzip' } }),
    entry('/x', 3),
  ];
  index.add(old);
  index.add(gzip);
  expect(index.add(young)).toEqual([old]);
  expect(index.at(young)).toEqual([gzip, young]);
  expect(index.size).toEqual({ bytes: 5, entries: 2 });
});

test('of one address there are four at most', () => {
  const index = new AssetIndex({ ...bounds, entries: 100 });
  const going = ['a', 'b', 'c', 'd', 'e'].flatMap((coding) =>
    index.add(entry('/x', 1, { selectedBy: { accept: coding } })),
  );
  expect([going.length, index.size.entries]).toEqual([1, 4]);
});

test('what was used longest ago goes first', () => {
  const index = new AssetIndex(bounds);
  const [first, second] = [entry('/1', 20), entry('/2', 20)];
  index.add(first);
  index.add(second);
  index.use(first);
  expect(pathsOf(index.add(entry('/3', 20)))).toEqual(['/2']);
});

test('a workspace that keeps much pushes out its own, and no other one’s', () => {
  const index = new AssetIndex(bounds);
  index.add(entry('/other', 10, { workspace: 'b' }));
  const going = Array.from({ length: 20 }, (_, at) => index.add(entry(`/${String(at)}`, 20))).flat();
  expect(going.every(({ workspace }) => workspace === 'a')).toBe(true);
  expect(index.size).toEqual({ bytes: 50, entries: 3 });
  for (let at = 0; at < 20; at += 1) index.add(entry(`/small${String(at)}`, 1));
  expect(index.size.entries).toBeLessThanOrEqual(4);
});

test('all together stay within bounds', () => {
  const index = new AssetIndex(bounds);
  for (let at = 0; at < 50; at += 1) index.add(entry('/x', 30, { workspace: `w${String(at)}` }));
  expect(index.size).toEqual({ bytes: 90, entries: 3 });
});

test('what is larger than its share is not kept', () => {
  const index = new AssetIndex(bounds);
  const large = entry('/x', 51);
  expect(index.add(large)).toEqual([large]);
  expect(index.size).toEqual({ bytes: 0, entries: 0 });
});

test('bytes that several entries have are there until the last one goes', () => {
  const index = new AssetIndex(bounds);
  const [one, other] = [entry('/1', 1, { hash: 'h' }), entry('/2', 1, { hash: 'h' })];
  index.add(one);
  index.add(other);
  index.remove(one);
  index.remove(one);
  expect(index.hasBytes('h')).toBe(true);
  index.remove(other);
  expect(index.hasBytes('h')).toBe(false);
});

test('what other workspaces of the same image have had is known by its address', () => {
  const index = new AssetIndex(bounds);
  const [own, other] = [entry('/x', 1), entry('/x', 1, { workspace: 'b' })];
  index.add(own);
  index.add(other);
  index.add(entry('/x', 1, { workspace: 'c', image: 'j' }));
  expect(index.alike(own)).toEqual([other]);
  index.remove(other);
  expect(index.alike(own)).toEqual([]);
});

test('whether there is anything of an image is known without an address', () => {
  const index = new AssetIndex(defaultBounds);
  const first = entry('/x', 1);
  const second = entry('/y', 1);
  expect(index.holds(first.image)).toBe(false);
  index.add(first);
  index.add(second);
  index.remove(first);
  expect([index.holds(first.image), index.holds('another')]).toEqual([true, false]);
  index.remove(second);
  expect(index.holds(first.image)).toBe(false);
});
