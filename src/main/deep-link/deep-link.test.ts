import { expect, test } from 'vitest';
import { deepLinkSchema, isLink, pathOfLink, readDeepLink } from './deep-link.ts';

test.each([
  ['a workspace', 'guildnet://open/cs-1a2b3', '/workspaces/cs-1a2b3'],
  ['a workspace, with a slash behind it', 'guildnet://open/cs-1a2b3/', '/workspaces/cs-1a2b3'],
  ['large letters in the scheme', 'GuildNet://open/cs-1', '/workspaces/cs-1'],
  ['an image', 'guildnet://launch?image=ghcr.io/a/b:1', '/launch?image=ghcr.io%2Fa%2Fb%3A1&from=link'],
  ['an image and a name', 'guildnet://launch/?image=nginx%3A1&name=web', '/launch?image=nginx%3A1&name=web&from=link'],
  [
    'an image that looks like a parameter',
    'guildnet://launch?image=a%26from%3Dhome',
    '/launch?image=a%26from%3Dhome&from=link',
  ],
])('leads to %s', (_what, text, path) => {
  const link = readDeepLink(text);
  expect(link).not.toHaveProperty('problem');
  expect(pathOfLink(deepLinkSchema.parse(link))).toBe(path);
});

test.each([
  ['nothing', ''],
  ['no address', 'guildnet'],
  ['another scheme', 'https://open/cs-1'],
  ['script', 'javascript:alert(1)'],
  ['no host', 'guildnet:open/cs-1'],
  ['another verb', 'guildnet://delete/cs-1'],
  ['a verb of large letters', 'guildnet://OPEN/cs-1'],
  ['no name', 'guildnet://open/'],
  ['two names', 'guildnet://open/a/b'],
  ['a way up', 'guildnet://open/..%2f..%2fsettings'],
  ['a name that is none', 'guildnet://open/CS_1'],
  ['a name with a script in it', 'guildnet://open/%3Cimg%20src=x%3E'],
  ['a name without end', `guildnet://open/${'a'.repeat(64)}`],
  ['a query behind a name', 'guildnet://open/cs-1?stop=1'],
  ['a person', 'guildnet://me:secret@open/cs-1'],
  ['a port', 'guildnet://open:80/cs-1'],
  ['no image', 'guildnet://launch'],
  ['an empty image', 'guildnet://launch?image='],
  ['an image with a space', 'guildnet://launch?image=a%20b'],
  ['an image with a line break', 'guildnet://launch?image=a%0Ab'],
  ['an image that turns round', 'guildnet://launch?image=a%E2%80%AEb'],
  ['an image without end', `guildnet://launch?image=${'a'.repeat(513)}`],
  ['a command', 'guildnet://launch?image=a&command=rm'],
  ['a variable', 'guildnet://launch?image=a&env=A%3D1'],
  ['two images', 'guildnet://launch?image=a&image=b'],
  ['a path of its own', 'guildnet://launch/now?image=a'],
  ['a confirmation', 'guildnet://launch?image=a&confirmed=1'],
  ['a prototype', 'guildnet://launch?image=a&__proto__=b'],
  ['a megabyte', `guildnet://launch?image=${'a'.repeat(1_000_000)}`],
])('refuses %s', (_what, text) => {
  expect(readDeepLink(text)).toHaveProperty('problem');
});

test.each([
  ['guildnet://open/a', true],
  ['GUILDNET://open/a', true],
  ['guildnet:', true],
  ['--guildnet:', false],
  ['./guildnet:', false],
])('%s is meant as a link: %s', (argument, wanted) => {
  expect(isLink(argument)).toBe(wanted);
});
