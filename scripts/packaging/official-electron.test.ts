import { describe, expect, it } from 'vitest';
import { refusal } from './official-electron.ts';

describe('refusal', () => {
  it.each([
    ['the official build', { version: '45.4.1', pinned: '45.4.1', electronDist: undefined }],
    ['an empty electronDist', { version: '45.4.1', pinned: '45.4.1', electronDist: null }],
  ])('%s is packaged', (_, electron) => {
    expect(refusal(electron)).toBeUndefined();
  });

  it.each([
    ['the stand-in', { version: '42.0.0', pinned: '45.4.1', electronDist: undefined }, 'Electron 42.0.0'],
    ['a folder', { version: '45.4.1', pinned: '45.4.1', electronDist: 'node_modules/electron/dist' }, 'electronDist'],
    ['a hook', { version: '45.4.1', pinned: '45.4.1', electronDist: () => 'x' }, 'electronDist'],
  ])('%s is refused', (_, electron, why) => {
    expect(refusal(electron)).toContain(why);
  });
});
