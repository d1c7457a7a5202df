import { expect, test } from 'vitest';
import type { TailnetHost } from '#contract/tailnet.ts';
import { afterNews, cameFrom, isAway, placeAt, type News, type Takeover } from './takeover.ts';

const ship: TailnetHost = {
  name: 'ship.tail.test',
  url: 'https://ship.tail.test',
  here: false,
  login: 'ann',
  tags: [],
  same_owner: true,
};
const strangers = { ...ship, same_owner: false };
const missed = { what: 'missed' } as const;
const found = (host: TailnetHost | undefined): News => ({ what: 'found', host, now: 1_000 });

test.each<[string, News[], Takeover]>([
  ['one lost answer', [missed], { kind: 'missed', times: 1 }],
  ['a host that is found too early', [missed, found(ship)], { kind: 'missed', times: 1 }],
  ['nobody else', [missed, missed, found(undefined), missed], { kind: 'missed', times: 3 }],
  ['a host of the same owner', [missed, missed, found(ship)], { kind: 'going', to: ship, at: 4_000 }],
  ['going is not put off', [missed, missed, found(ship), missed, found(ship)], { kind: 'going', to: ship, at: 4_000 }],
  ['a stranger’s host', [missed, missed, found(strangers)], { kind: 'offered', to: strangers }],
  ['an answer after all', [missed, missed, found(ship), { what: 'answered' }], { kind: 'well' }],
  ['whoever stays', [missed, missed, found(ship), { what: 'stay' }, missed, found(ship)], { kind: 'stays' }],
])('after %s', (_what, news, expected) => {
  expect(news.reduce<Takeover>(afterNews, { kind: 'well' })).toEqual(expected);
});

test('another host is looked for after the second lost answer', () => {
  expect([1, 2, 3].map((times) => isAway({ kind: 'missed', times }))).toEqual([false, true, true]);
});

test.each([
  ['https://ship.tail.test', '/workspaces/one', 'https://ship.tail.test/workspaces/one?away=box.tail.test'],
  ['https://ship.tail.test', '//evil.example/x', 'https://ship.tail.test//evil.example/x?away=box.tail.test'],
  ['http://ship.tail.test', '/', undefined],
  ['javascript:alert(1)', '/', undefined],
  ['https://box@ship.tail.test', '/', undefined],
])('at %s %s is %s', (url, path, place) => expect(placeAt(url, path, 'box.tail.test')).toBe(place));

test.each([
  ['?away=box.tail.test', 'box.tail.test'],
  ['?a=b&away=box.tail.test', 'box.tail.test'],
  ['', undefined],
  ['?away=', undefined],
  ['?away=Call%20this%20number', undefined],
  ['?away=localhost', undefined],
  [`?away=${'a.'.repeat(200)}b`, undefined],
])('%s comes from %s', (search, name) => expect(cameFrom(search)).toBe(name));
