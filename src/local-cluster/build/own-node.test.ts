import { expect, test } from 'vitest';
import { ownCommand, ownNode } from './own-node.ts';

const recipe = '/opt/GuildNet/resources/guildnet/src/local-cluster/recipe';
const beside = '/opt/GuildNet/resources/guildnet/bin/node';

test.each([
  ['the packaged desktop', true, [beside], beside],
  ['the packaged command, which runs on that Node', false, [beside], '/running'],
  ['a desktop from a checkout', true, [], '/running'],
] as const)('%s', (_, electron, files, wanted) => {
  const exists = (path: string): boolean => files.some((file) => file === path);
  expect(ownNode(recipe, { execPath: '/running', electron, exists })).toBe(wanted);
});

test('a package knows its own command, and a checkout has none', () => {
  const command = '/opt/GuildNet/resources/bin/guildnet';
  expect(ownCommand(recipe, (path) => path === command)).toBe(command);
  expect(ownCommand('/checkout/src/local-cluster/recipe', () => false)).toBeUndefined();
});
