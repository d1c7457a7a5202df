import { describe, expect, it } from 'vitest';
import { electronPackages, hasTime64Names, missingLibraries } from './shared-libraries.ts';

describe('missingLibraries', () => {
  it('reads the names that ldd could not find', () => {
    const output = '\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibgbm.so.1 => not found\n\tlibnss3.so => not found\n';
    expect(missingLibraries(output)).toEqual(['libgbm.so.1', 'libnss3.so']);
  });
});

describe('hasTime64Names', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', false],
    ['ID=debian\nVERSION_ID="13"\n', true],
    ['ID=debian\nVERSION_CODENAME=forky\n', true],
    ['ID=ubuntu\nVERSION_ID="22.04"\n', false],
    ['ID=ubuntu\nVERSION_ID="24.04"\n', true],
  ])('%j: %s', (osRelease, expected) => {
    expect(hasTime64Names(osRelease)).toBe(expected);
  });
});

describe('electronPackages', () => {
  it.each([
    ['12', 'libasound2'],
    ['13', 'libasound2t64'],
    ['13', 'libnss3'],
  ])('on Debian %s there is %s', (version, name) => {
    const packages = electronPackages(`ID=debian\nVERSION_ID="${version}"`, '/lib');
    expect(packages.map((each) => each.package)).toContain(name);
  });
});
