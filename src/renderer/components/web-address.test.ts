import { expect, test } from 'vitest';
import { webAddress } from './web-address.ts';

test.each([
  ['https://login.tailscale.com/a/1', true],
  ['http://headscale.home:8080/register/x', true],
  ['HTTPS://Example.org', true],
  ['javascript:alert(1)', false],
  [' javascript:alert(1)', false],
  ['java\nscript:alert(1)', false],
  ['data:text/html,x', false],
  ['file:///etc/passwd', false],
  ['guildnet://launch?image=a', false],
  ['//evil.example', false],
  ['', false],
])('%j leads out: %s', (text, leads) => {
  expect(webAddress(text)).toBe(leads ? text : undefined);
});
