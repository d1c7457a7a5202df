import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './monogram-of.ts';

test.each([
  ['code-server', 'CS'],
  ['JupyterLab', 'JL'],
  ['alpine', 'AL'],
  ['alpine-1a2b3', 'AL'],
  ['code-server-00fff', 'CS'],
  ['x', 'X'],
  ['VS Code in the browser', 'VC'],
  ['---', ''],
])('%s: %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a hue is an angle and depends on the name alone', () => {
  for (const name of ['', 'a', 'code-server', 'ÿ'.repeat(300)]) {
    expect(hueOf(name)).toBe(hueOf(name));
    expect(hueOf(name)).toBeGreaterThanOrEqual(0);
    expect(hueOf(name)).toBeLessThan(360);
  }
});
