import { expect, test } from 'vitest';
import { windowWordsInGerman } from '#contract/words/window-de.ts';
import { windowWords } from '#contract/words/window-en.ts';
import { deepLinkSchema, isLink, linkProblems, pathOfLink, readDeepLink, type LinkProblem } from './deep-link.ts';

test.each([
  ['a workspace', 'guildnet://open/cs-1a2b3', '/workspaces/cs-1a2b3'],
  ['a workspace, with a slash behind it', 'guildnet://open/cs-1a2b3/', '/workspaces/cs-1a2b3'],
  ['large letters in the scheme', 'GuildNet://open/cs-1', '/workspaces/cs-1'],
  ['the form', 'guildnet://launch', '/launch'],
  ['an image', 'guildnet://launch?image=ghcr.io/a/b:1', '/launch?image=ghcr.io%2Fa%2Fb%3A1&from=link'],
  ['an image and a name', 'guildnet://launch/?image=nginx%3A1&name=web', '/launch?image=nginx%3A1&name=web&from=link'],
  [
    'an image by its digest',
    `guildnet://launch?image=a%2Fb%40sha256%3A${'0'.repeat(64)}`,
    `/launch?image=a%2Fb%40sha256%3A${'0'.repeat(64)}&from=link`,
  ],
  ['a workspace of another context', 'guildnet://open/cs-1@lab', '/workspaces/cs-1%40lab'],
])('leads to %s', (_what, text, path) => {
  const link = readDeepLink(text);
  expect(link).not.toHaveProperty('problem');
  expect(pathOfLink(deepLinkSchema.parse(link))).toBe(path);
});

test.each<[string, string, LinkProblem]>([
  ['nothing', '', 'noAddress'],
  ['no address', 'guildnet', 'noAddress'],
  ['another scheme', 'https://open/cs-1', 'otherScheme'],
  ['script', 'javascript:alert(1)', 'otherScheme'],
  ['no host', 'guildnet:open/cs-1', 'otherVerb'],
  ['another verb', 'guildnet://delete/cs-1', 'otherVerb'],
  ['a verb of large letters', 'guildnet://OPEN/cs-1', 'otherVerb'],
  ['a verb in encoded letters', 'guildnet://%6Fpen/cs-1', 'otherVerb'],
  ['a verb in letters that only look so', 'guildnet://\u043Fpen/cs-1', 'otherVerb'],
  ['no name', 'guildnet://open/', 'noWorkspace'],
  ['two names', 'guildnet://open/a/b', 'noWorkspace'],
  ['a way up', 'guildnet://open/..%2f..%2fsettings', 'noWorkspace'],
  ['a way up, encoded twice', 'guildnet://open/%252e%252e%252fsettings', 'noWorkspace'],
  ['a name encoded twice', 'guildnet://open/%2563s-1', 'noWorkspace'],
  ['a name with an end of its own', 'guildnet://open/cs-1%00.evil', 'noWorkspace'],
  ['a name in letters that only look so', 'guildnet://open/\u0441s-1', 'noWorkspace'],
  ['two contexts', 'guildnet://open/a@b@c', 'noWorkspace'],
  ['a name that is none', 'guildnet://open/CS_1', 'noWorkspace'],
  ['a name with a script in it', 'guildnet://open/%3Cimg%20src=x%3E', 'noWorkspace'],
  ['a name without end', `guildnet://open/${'a'.repeat(64)}`, 'noWorkspace'],
  ['a query behind a name', 'guildnet://open/cs-1?stop=1', 'moreThanAName'],
  ['a person', 'guildnet://me:secret@open/cs-1', 'personOrPort'],
  ['a port', 'guildnet://open:80/cs-1', 'personOrPort'],
  ['nothing asked', 'guildnet://launch?', 'noImage'],
  ['no image', 'guildnet://launch/', 'noImage'],
  ['an empty image', 'guildnet://launch?image=', 'noImage'],
  ['a name alone', 'guildnet://launch?name=a', 'noImage'],
  ['an image with a space', 'guildnet://launch?image=a%20b', 'wrongImage'],
  ['an image with a plus for a space', 'guildnet://launch?image=a+b', 'wrongImage'],
  ['an image with a line break', 'guildnet://launch?image=a%0Ab', 'wrongImage'],
  ['an image that turns round', 'guildnet://launch?image=a%E2%80%AEb', 'wrongImage'],
  ['an image with bytes that are no text', 'guildnet://launch?image=%ff%fe', 'wrongImage'],
  ['an image with a password in it', 'guildnet://launch?image=me%3Asecret%40registry.example%2Fa', 'wrongImage'],
  [
    'an image that is an address',
    'guildnet://launch?image=https%3A%2F%2Fme%3Asecret%40registry.example%2Fa',
    'wrongImage',
  ],
  ['an image encoded twice', 'guildnet://launch?image=ghcr.io%252Fa', 'wrongImage'],
  ['an image that looks like a parameter', 'guildnet://launch?image=a%26from%3Dhome', 'wrongImage'],
  ['an image without end', `guildnet://launch?image=${'a'.repeat(513)}`, 'wrongImage'],
  ['an image that is slow to be read', `guildnet://launch?image=${'a-'.repeat(250)}!`, 'wrongImage'],
  ['a name that is none', 'guildnet://launch?image=a&name=A%20b', 'wrongName'],
  ['a command', 'guildnet://launch?image=a&command=rm', 'stranger'],
  ['a variable', 'guildnet://launch?image=a&env=A%3D1', 'stranger'],
  ['a parameter of large letters', 'guildnet://launch?IMAGE=a', 'stranger'],
  ['two images', 'guildnet://launch?image=a&image=b', 'twice'],
  ['the same image twice', 'guildnet://launch?image=a&image=a', 'twice'],
  ['two names', 'guildnet://launch?image=a&name=b&name=c', 'twice'],
  ['a path of its own', 'guildnet://launch/now?image=a', 'hasPath'],
  ['a confirmation', 'guildnet://launch?image=a&confirmed=1', 'stranger'],
  ['a prototype', 'guildnet://launch?image=a&__proto__=b', 'stranger'],
  ['a megabyte', `guildnet://launch?image=${'a'.repeat(1_000_000)}`, 'tooLong'],
  ['parameters without end', `guildnet://launch?${'image=a&'.repeat(1_000)}`, 'tooLong'],
])('refuses %s', (_what, text, problem) => {
  expect(readDeepLink(text)).toEqual({ problem });
});

test('what an address in the UI means is not said by the image in it', () => {
  expect(pathOfLink({ to: 'launch', image: 'a&from=home' })).toBe('/launch?image=a%26from%3Dhome&from=link');
});

test('every refusal is said in both languages', () => {
  for (const words of [windowWords, windowWordsInGerman])
    expect(Object.keys(words.problem.links).toSorted()).toEqual(linkProblems.toSorted());
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
