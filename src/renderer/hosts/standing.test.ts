import { expect, test } from 'vitest';
import type { TailnetHost } from '#contract/tailnet.ts';
import { standings, successor, type Reach } from './standing.ts';

const host = (name: string, more: Partial<TailnetHost> = {}): TailnetHost => ({
  name,
  url: `https://${name}`,
  here: false,
  login: 'ann',
  tags: [],
  same_owner: true,
  ...more,
});
const box = host('box.tail.test', { here: true, cluster_milliseconds: 30 });
const ship = host('ship.tail.test', { cluster_milliseconds: 2 });

test.each<[string, Record<string, Reach>, string | undefined]>([
  ['nobody has tried', {}, undefined],
  ['nobody answers', { [box.name]: 'away', [ship.name]: 'away' }, undefined],
  ['the way by the other is shorter altogether', { [box.name]: 5, [ship.name]: 12 }, ship.name],
  ['the other is hardly nearer', { [box.name]: 5, [ship.name]: 25 }, box.name],
  ['the other is not reached', { [box.name]: 500, [ship.name]: 'away' }, box.name],
  ['this one is not', { [box.name]: 'away', [ship.name]: 12 }, ship.name],
])('where %s', (_what, reach, best) => {
  const found = standings([box, ship], new Map(Object.entries(reach)));
  expect(found.filter(({ isBest }) => isBest).map(({ name }) => name)).toEqual(best === undefined ? [] : [best]);
  expect(found.map(({ name }) => name)).toEqual([box.name, ship.name]);
});

test('a host of which nobody knows how near the cluster is to it is not the best', () => {
  const fresh = host('fresh.tail.test');
  const reach = new Map<string, Reach>([
    [box.name, 50],
    [fresh.name, 1],
  ]);
  expect(standings([box, fresh], reach).map(({ isBest }) => isBest)).toEqual([true, false]);
});

const team = host('team.tail.test', { same_owner: false, login: 'bob' });
test.each<[string, Record<string, Reach>, string | undefined]>([
  ['nobody answers', { [box.name]: 5, [ship.name]: 'away' }, undefined],
  ['one of the same owner is reached', { [ship.name]: 50, [team.name]: 1 }, ship.name],
  ['only another owner’s is', { [ship.name]: 'away', [team.name]: 1 }, team.name],
])('who takes over where %s', (_what, reach, name) => {
  expect(successor([box, team, ship], new Map(Object.entries(reach)))?.name).toBe(name);
});
