import { describe, expect, it } from 'vitest';
import { packageFolderOf } from './bundled-packages.ts';

describe('packageFolderOf', () => {
  it.each([
    ['/w/node_modules/zod/v4/core.js', 'node_modules/zod'],
    ['/w/node_modules/@orpc/client/dist/index.mjs?x=1', 'node_modules/@orpc/client'],
    ['\0/w/node_modules/ws/lib/sender.js?commonjs-module', 'node_modules/ws'],
    ['C:\\w\\node_modules\\ws\\index.js', 'node_modules/ws'],
    ['/w/node_modules/a/node_modules/@b/c/index.js', 'node_modules/a/node_modules/@b/c'],
    ['/w/src/main/main.ts', undefined],
    ['\0rolldown/runtime.js', undefined],
    ['node:fs', undefined],
  ])('%j: %s', (id, wanted) => {
    expect(packageFolderOf(id)).toBe(wanted);
  });
});
