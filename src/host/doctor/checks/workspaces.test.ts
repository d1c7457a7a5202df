import { expect, test } from 'vitest';
import { judgePulls } from './workspaces.ts';

const pull = { reason: 'ImageNotFound', message: 'The image "x" does not exist.', remedy: 'Check its name and tag.' };

test('each image that does not come is told, with its workspace; other failures are not', () => {
  expect(
    judgePulls([
      { name: 'a', lastError: pull },
      { name: 'b', lastError: undefined },
      { name: 'c', lastError: { ...pull, reason: 'CrashLoop' } },
      { name: 'd', lastError: { reason: 'RegistryUnreachable', message: 'No way.' } },
    ]),
  ).toEqual([
    { state: 'warning', message: 'a: The image "x" does not exist.', remedy: 'Check its name and tag.' },
    { state: 'warning', message: 'd: No way.', remedy: 'See: guildnet status d' },
  ]);
});

test('none', () => {
  expect(judgePulls([]).map(({ state }) => state)).toEqual(['ok']);
});
