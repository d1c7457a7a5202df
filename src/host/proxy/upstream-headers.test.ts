import { expect, test } from 'vitest';
import { workspaceCookies } from './upstream-headers.ts';

test.each([
  ['a=b; c=d', 'a=b; c=d'],
  ['guildnet=x', undefined],
  ['__Host-Http-guildnet-session=x; a=b', 'a=b'],
  ['a=guildnet; b=__Host-guildnet', 'a=guildnet; b=__Host-guildnet'],
  ['', undefined],
])('cookies "%s"', (header, kept) => {
  expect(workspaceCookies(header)).toBe(kept);
});
