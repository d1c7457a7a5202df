import { join } from 'node:path';
import { expect, test } from 'vitest';
import { desktopPaths } from './desktop-paths.ts';

const common = { home: join('/', 'h'), appPath: join('/', 'app'), resourcesPath: join('/', 'res') };

test('a checkout uses its own sources', () => {
  const paths = desktopPaths({ ...common, env: {}, packaged: false });
  expect(paths.recipeDir).toBe(join('/', 'app', 'src', 'local-cluster', 'recipe'));
  expect(paths.iconDir).toBe(join('/', 'app', 'build'));
  expect(paths.tailnetDir).toBe(join('/', 'app'));
});

test('a packaged app uses its resources', () => {
  const paths = desktopPaths({ ...common, env: {}, packaged: true });
  expect(paths.recipeDir).toBe(join('/', 'res', 'guildnet', 'src', 'local-cluster', 'recipe'));
  expect(paths.iconDir).toBe(join('/', 'res', 'icons'));
  expect(paths.tailnetDir).toBe(join('/', 'res', 'guildnet'));
});

test.each([
  ['unset', {}, undefined],
  ['empty', { GUILDNET_HOME: '' }, undefined],
  ['set', { GUILDNET_HOME: join('/', 'h') }, join('/', 'h', 'desktop')],
])('the browser profile with GUILDNET_HOME %s', (_what, env, wanted) => {
  expect(desktopPaths({ ...common, env, packaged: false }).userData).toBe(wanted);
});
