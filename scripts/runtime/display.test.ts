import { describe, expect, it } from 'vitest';
import { hasDisplay } from './display.ts';

describe('hasDisplay', () => {
  it.each([
    ['win32', {}, true],
    ['darwin', {}, true],
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected);
  });
});
