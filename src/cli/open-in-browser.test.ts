import { expect, test } from 'vitest';
import { browserOpener } from './open-in-browser.ts';

const url = 'https://a.localhost:8080/?x=1&y=%20';

test.each([
  ['darwin', {}, { command: 'open', args: [url] }],
  ['win32', {}, { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }],
  ['linux', { DISPLAY: ':0' }, { command: 'xdg-open', args: [url] }],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, { command: 'xdg-open', args: [url] }],
  ['linux', {}, undefined],
  ['linux', { DISPLAY: '' }, undefined],
] as const)('on %s with %j', (platform, env, wanted) => {
  expect(browserOpener(url, platform, env)).toEqual(wanted);
});
