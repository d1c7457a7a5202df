import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LockPackages, completed, missingOptional, platformOf } from './complete.ts';

describe('platformOf', () => {
  it.each([
    ['@biomejs/cli-win32-arm64', { os: ['win32'], cpu: ['arm64'] }],
    ['@oxlint/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@oxlint/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@oxlint-tsgolint/darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
    ['left-pad', undefined],
  ])('%s', (name, expected) => {
    expect(platformOf(name)).toEqual(expected);
  });
});

const packages = {
  '': {},
  'node_modules/a': {
    version: '1.0.0',
    dev: true,
    optionalDependencies: { 'a-linux-x64': '1.0.0', 'a-darwin-x64': '1.0.0' },
  },
  'node_modules/a-linux-x64': { version: '1.0.0', optional: true },
  'node_modules/b': { version: '1.0.0', optionalDependencies: { 'b-linux-x64': '2.0.0' } },
  'node_modules/b/node_modules/b-linux-x64': { version: '2.0.0', optional: true },
} satisfies LockPackages;

describe('missingOptional', () => {
  it('finds what has no entry in any folder above', () => {
    expect(missingOptional(packages)).toEqual([{ name: 'a-darwin-x64', version: '1.0.0', dev: true }]);
  });
});

describe('completed', () => {
  it('adds an entry for the other platform and changes nothing else', () => {
    const added = { version: '1.0.0', cpu: ['x64'], dev: true, optional: true, os: ['darwin'] };
    expect(completed(packages)).toEqual({ ...packages, 'node_modules/a-darwin-x64': added });
  });

  it.each([{ thing: '1.0.0' }, { 'a-linux-x64': '^1.0.0' }])('does not guess for %j', (optionalDependencies) => {
    expect(() => completed({ 'node_modules/c': { optionalDependencies } })).toThrow('missing from package-lock.json');
  });
});

it('package-lock.json is complete: `npm ci` works on every platform (npm run lockfile completes it)', () => {
  const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: LockPackages };
  expect(missingOptional(lockfile.packages)).toEqual([]);
});
