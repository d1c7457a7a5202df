import { describe, expect, it } from 'vitest';
import { packageArguments } from './package-arguments.ts';

describe('packageArguments', () => {
  it.each([
    [[], 'linux', { testRuntime: false, targets: [] }],
    [['--dir'], 'linux', { testRuntime: false, targets: ['dir'] }],
    [['dir', '--dir', '--test-runtime'], 'linux', { testRuntime: true, targets: ['dir'] }],
    [['deb', 'tar.gz'], 'linux', { testRuntime: false, targets: ['deb', 'tar.gz'] }],
    [['dmg'], 'darwin', { testRuntime: false, targets: ['dmg'] }],
  ] as const)('%j on %s', (argv, platform, wanted) => {
    expect(packageArguments(argv, platform)).toEqual(wanted);
  });

  it.each([
    ['an option of electron-builder that brings another Electron', ['-c.electronDist=/tmp/x'], 'linux'],
    ['another platform’s target', ['nsis'], 'linux'],
    ['a mistyped one', ['debian'], 'linux'],
    ['Linux’s on Windows', ['deb'], 'win32'],
  ] as const)('refuses %s', (_, argv, platform) => {
    expect(() => packageArguments(argv, platform)).toThrow(expect.objectContaining({ code: 'bad_body' }));
  });
});
