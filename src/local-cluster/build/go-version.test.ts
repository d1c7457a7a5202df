import { describe, expect, it } from 'vitest';
import { compareVersions, mostDemanding, requiredGoVersion } from './go-version.ts';

describe('requiredGoVersion', () => {
  it.each([
    ['module x\n\ngo 1.26.6\n', '1.26.6'],
    ['module x\ngo 1.21\ntoolchain go1.30.0\n', '1.21'],
    ['module x\n', undefined],
  ])('%j', (text, version) => {
    expect(requiredGoVersion(text)).toBe(version);
  });
});

describe('compareVersions', () => {
  it.each([
    ['1.9', '1.10', -1],
    ['1.26.0', '1.26', 0],
    ['1.26.6', '1.26', 1],
    ['2.0', '1.99.99', 1],
  ])('%s and %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});

describe('mostDemanding', () => {
  it('finds the module that asks for the newest Go', () => {
    const modules = ['go 1.26.0', 'go 1.26.6', 'none', 'go 1.9'].map((goMod, index) => ({ goMod, index }));
    expect(mostDemanding(modules)?.index).toBe(1);
    expect(mostDemanding([])).toBeUndefined();
  });
});
