import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRepository } from '../repository.ts';
import { budget, overBudget, sizesOf } from './size-budget.ts';

const mebibyte = 2 ** 20;
const file = (path: string, size: number) => ({ path, size: size * mebibyte, sha256: '' });

test('each file counts for one part, and what is over is said with both figures', () => {
  const sizes = sizesOf([
    file('resources/app.asar', 9.5),
    file('resources/guildnet/out/cli/main.js', 6),
    file('resources/guildnet/out/cli/chunks/a.js', 2),
    file('resources/guildnet/out/renderer/index.html', 1),
    file('resources/guildnet/bin/node', 121),
    file('resources/guildnet/bin/tailnet-node', 22),
    file('resources/guildnet/src/local-cluster/recipe/x', 1),
    file('guildnet-desktop', 190),
    file('locales/de.pak', 1),
  ]);
  expect(sizes.map(({ part, size }) => [part, size])).toEqual([
    ['the app', 9.5],
    ['the command', 8],
    ['the UI for browsers', 1],
    ['Node', 121],
    ['the tailnet node', 22],
    ['the rest of the resources', 1],
    ['Electron', 191],
  ]);
  expect(overBudget(sizes)).toEqual(['the app takes 9.5 MiB, and 9 are allowed.']);
});

test('on macOS and Windows the parts are found where they lie there', () => {
  const sizes = sizesOf([
    file('GuildNet.app/Contents/Resources/app.asar', 3),
    file('GuildNet.app/Contents/Frameworks/x', 5),
    file('resources/guildnet/bin/tailnet-node.exe', 2),
  ]);
  expect(Object.fromEntries(sizes.map(({ part, size }) => [part, size]))).toMatchObject({
    'the app': 3,
    Electron: 5,
    'the tailnet node': 2,
  });
});

test('a whole package is allowed half a gigabyte and a little', () => {
  expect(budget.reduce((sum, { most }) => sum + most, 0)).toBe(517);
});

test('the guide says the same', () => {
  const guide = readFileSync(inRepository('docs', 'guide', 'packages.md'), 'utf8');
  const rows = new Map(
    [...guide.matchAll(/^\| ([^|]+) \| (\d+) \|$/gm)].map(([, part = '', most]) => [part, Number(most)]),
  );
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(budget.map(({ part, most }) => [part === 'Node' ? 'Node, for the command' : part, most])),
  );
});
