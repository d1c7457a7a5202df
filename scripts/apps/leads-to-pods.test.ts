import { expect, test } from 'vitest';
import { isOwnRoute } from './leads-to-pods.ts';

const byDefault = '[{"dst":"default","gateway":"192.0.2.1","dev":"eth0","flags":[]}]';

test.each([
  ['a route to the node', '[{"dst":"10.244.0.1","gateway":"10.95.1.2","dev":"guildnet1","flags":[]}]', byDefault, true],
  ['the default one alone', '[{"dst":"10.244.0.1","gateway":"192.0.2.1","dev":"eth0","flags":[]}]', byDefault, false],
  ['a machine without a default route', '[{"dst":"10.244.0.1","dev":"wg0"}]', '[]', true],
  ['none at all', '', '', false],
])('%s', (_what, way, other, leads) => {
  expect(isOwnRoute(way, other)).toBe(leads);
});
