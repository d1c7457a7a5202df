import { expect, test } from 'vitest';
import { offeredThings, type CallerFacts, type OfferedThing } from '#contract/refusals.ts';
import { refusedWords, whyNot, type Offer } from './offers.ts';

const refusals = (...things: OfferedThing[]) => things.map((what) => ({ what, rule: 'r', reason: `not ${what}` }));
const offers: readonly Offer[] = [
  'launch',
  'show',
  'ports',
  'logs',
  'terminal',
  'start',
  'stop',
  'restart',
  'edit',
  'delete',
  'share',
  'restore',
  'host',
  'machine',
];
const local: CallerFacts = { who: 'local:me', local: true };
const peer = (...things: OfferedThing[]): CallerFacts => ({
  who: 'user:anna',
  local: false,
  device: 'phone',
  refused: refusals(...things),
});

test.each<[what: string, refused: readonly OfferedThing[], offered: string]>([
  [
    'nobody refuses anything to',
    [],
    'launch show ports logs terminal start stop restart edit delete share restore host',
  ],
  ['a viewer', offeredThings.filter((what) => what !== 'view'), ''],
  ['whoever reaches a host without a policy', ['stop', 'delete', 'admin', 'share'], 'launch show ports logs terminal'],
  ['somebody with a port', ['launch', 'stop', 'delete', 'admin', 'page', 'terminal'], 'ports logs'],
  ['somebody who may not launch', ['launch'], 'show ports logs terminal stop restart delete share host'],
  [
    'somebody who administers no more than this',
    ['admin', 'share'],
    'launch show ports logs terminal start stop restart edit delete restore',
  ],
])('of a workspace: %s', (_what, refused, offered) => {
  const of = { refused: refusals(...refused) };
  const left = offers.filter((offer) => whyNot(offer, peer(), of) === undefined);
  expect(left.filter((offer) => offer !== 'machine').join(' ')).toBe(offered);
});

test('of no workspace: what is refused at all, with the reason', () => {
  expect(whyNot('launch', peer('launch'))).toBe('not launch');
  expect(whyNot('host', peer('admin'))).toBe('not admin');
  expect(whyNot('host', peer('launch'))).toBeUndefined();
  // A workspace says by itself what is refused of it.
  expect(whyNot('stop', peer('stop'), { refused: [] })).toBeUndefined();
});

test.each<[caller: CallerFacts | undefined, of: object | undefined, refused: readonly Offer[]]>([
  [local, undefined, []],
  [local, {}, []],
  [undefined, undefined, []],
  [undefined, { refused: undefined }, []],
  [peer(), {}, ['machine']],
])('to %j nothing is hidden but the ports of the machine to peers', (caller, of, refused) => {
  expect(offers.filter((offer) => whyNot(offer, caller, of) !== undefined)).toEqual(refused);
});

test.each<[refused: readonly OfferedThing[], said: readonly string[]]>([
  [[], []],
  [['admin', 'launch', 'view'], []],
  [
    ['stop', 'delete', 'admin'],
    ['stop or change it', 'delete it'],
  ],
  [['open', 'page', 'terminal'], ['open it or read its log']],
  [['terminal'], ['use a terminal']],
  [
    ['page', 'terminal'],
    ['open its page', 'use a terminal'],
  ],
])('of %j it is said that they may not %j', (refused, said) => {
  const words = refusedWords({ refused: refusals(...refused) });
  expect(words.map(({ what }) => what)).toEqual(said);
  for (const { reason } of words) expect(reason).toMatch(/^not /);
});
