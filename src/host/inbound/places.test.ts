import { expect, test } from 'vitest';
import { createPlaces } from './places.ts';

test.each([
  [['box.tail.test', '100.64.0.1'], 'https://*.tail.test'],
  [['box.tail1234.ts.net'], 'https://*.tail1234.ts.net'],
  // Without a name there is no domain, and one that is a top level's is not that of a tailnet.
  [['100.64.0.1', 'fd7a::1'], ''],
  [['box.test'], ''],
  [['box'], ''],
  [[], ''],
])('the pages of a host that is %j may ask %j besides it', (hosts, source) => {
  const places = createPlaces({
    hosts: () => hosts,
    ports: () => undefined,
    portOf: () => undefined,
    opened: () => Promise.resolve(),
  });
  expect(places.connectSource()).toBe(source);
});
