import { expect, test } from 'vitest';
import type { NodePeer } from '../tailnet/node-messages.ts';
import { isSameOwner, vouched } from './vouched.ts';
import type { Owner } from './vouched.ts';

const of = (login: string, ...tags: string[]): Owner => ({ login, tags });

test.each([
  [of('ann'), of('ann'), true],
  [of('ann'), of('bob'), false],
  [of(''), of(''), false],
  // All tagged devices have one login, which says nothing.
  [of('tagged-devices', 'tag:a'), of('tagged-devices', 'tag:b'), false],
  [of('tagged-devices', 'tag:a', 'tag:b'), of('tagged-devices', 'tag:b', 'tag:a'), true],
  [of('tagged-devices', 'tag:a'), of('tagged-devices', 'tag:a', 'tag:b'), false],
  [of('tagged-devices', 'tag:a'), of('tagged-devices'), false],
])('%j and %j are of one owner: %s', (one, other, same) => {
  expect(isSameOwner(one, other)).toBe(same);
  expect(isSameOwner(other, one)).toBe(same);
});

test('a host is what the tailnet calls the device at its address, or it is none', () => {
  const peer: NodePeer = {
    login: 'ann',
    device: { name: 'Ship.tail.test.', id: 'n1' },
    tags: [],
    capabilities: [],
  };
  const announcement = { name: 'ship.tail.test', address: '100.64.0.2', clusterMs: 4 };
  expect(vouched(announcement, peer, of('ann'))).toEqual({
    name: 'ship.tail.test',
    url: 'https://ship.tail.test',
    here: false,
    login: 'ann',
    tags: [],
    same_owner: true,
    cluster_milliseconds: 4,
  });
  expect(vouched({ ...announcement, name: 'box.tail.test' }, peer, of('ann'))).toBeUndefined();
});
