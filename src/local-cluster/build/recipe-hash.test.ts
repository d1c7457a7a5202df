import { describe, expect, it } from 'vitest';
import { recipeHash } from './recipe-hash.ts';

const file = (path: string, text: string) => ({ path, content: Buffer.from(text) });

describe('recipeHash', () => {
  const own = recipeHash([file('a', '1'), file('b', '2')], { flag: true });
  it('does not depend on the order of the files', () => {
    expect(recipeHash([file('b', '2'), file('a', '1')], { flag: true })).toBe(own);
  });
  it.each([
    ['content', [file('a', '1'), file('b', '3')], { flag: true }],
    ['name', [file('a', '1'), file('c', '2')], { flag: true }],
    ['where one file ends', [file('a', '1\0b\0'), file('b', '2')], { flag: true }],
    ['setting', [file('a', '1'), file('b', '2')], { flag: false }],
  ])('changes with a %s', (_what, files, settings) => {
    expect(recipeHash(files, settings)).not.toBe(own);
  });
});
