import { expect, test } from 'vitest';
import { judgeDirectWays } from './direct-ways.ts';
import type { ClusterNetwork } from './direct-ways.ts';

const pods: ClusterNetwork = { cidr: '10.244.1.0/24', of: 'pods' };
const services: ClusterNetwork = { cidr: '10.96.0.0/16', of: 'Services', reached: false };
const route = (cidr: string, online = true) => ({ cidr, via: 'router.tail.test', online });

test.each([
  ['a network that nobody advertises is named', [pods], [], ['warning', /advertises 10\.244\.1\.0\/24/]],
  ['a wider route covers it', [pods], [route('10.244.0.0/16')], ['ok', /router\.tail\.test/]],
  ['a narrower one does not', [services], [route('10.96.0.0/24')], ['warning', /Nobody/]],
  ['nor one of the other family', [pods], [route('fd00::/8')], ['warning', /Nobody/]],
  ['nor what is no network', [pods], [route('nonsense')], ['warning', /Nobody/]],
  ['a router that is away is named', [pods], [route('10.244.0.0/16', false)], ['warning', /not online/]],
  [
    'one that is there counts before one that is away',
    [pods],
    [route('10.244.0.0/16', false), route('10.0.0.0/8')],
    ['ok', /router/],
  ],
  ['what the own network leads to needs no route', [{ ...services, reached: true }], [], ['ok', /own network/]],
  ['without a tailnet it is not known', [pods], undefined, ['warning', /no tailnet/]],
] as const)('%s', (_, networks, routes, [state, message]) => {
  expect(judgeDirectWays(networks, routes)).toMatchObject([
    { state, message: expect.stringMatching(message) as string },
  ]);
});
