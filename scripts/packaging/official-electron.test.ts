import { describe, expect, it } from 'vitest';
import { refusal } from './official-electron.ts';

const official = { version: '45.4.1', pinned: '45.4.1', electronDist: undefined, testRuntime: false };

describe('refusal', () => {
  it.each([
    ['the official build', official],
    ['an empty electronDist', { ...official, electronDist: null }],
    ['a package for tests', { ...official, version: '42.0.0', electronDist: '/runtime', testRuntime: true }],
  ])('%s is packaged', (_, electron) => {
    expect(refusal(electron)).toBeUndefined();
  });

  it.each([
    ['the stand-in', { ...official, version: '42.0.0' }, 'Electron 42.0.0'],
    ['a folder', { ...official, electronDist: 'node_modules/electron/dist' }, 'electronDist'],
    ['a hook', { ...official, electronDist: () => 'x' }, 'electronDist'],
    ['the official build with the mark of one for tests', { ...official, testRuntime: true }, 'marked'],
  ])('%s is refused', (_, electron, why) => {
    expect(refusal(electron)).toContain(why);
  });
});
