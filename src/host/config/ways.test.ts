import { expect, test } from 'vitest';
import { waysOf } from './ways.ts';

test.each([
  ['auto', false, ['spdy', 'spdy-websocket', 'channels', 'pod-proxy']],
  ['port-forward', false, ['spdy', 'spdy-websocket', 'channels']],
  ['pod-proxy', false, ['pod-proxy']],
  ['auto', true, ['direct']],
  ['pod-proxy', true, ['direct']],
] as const)('%s, without the API server: %s', (transport, disableApiProxy, ways) => {
  expect(waysOf({ transport, disableApiProxy })).toEqual(ways);
});
