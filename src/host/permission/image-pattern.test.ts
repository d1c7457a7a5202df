import { expect, test } from 'vitest';
import { matchesImage } from './image-pattern.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['alpine', 'alpine', true],
  ['alpine', 'docker.io/library/alpine:3', true],
  ['docker.io/library/alpine', 'alpine', true],
  ['index.docker.io/library/alpine', 'alpine', true],
  ['alpine', 'evil.example/alpine', false],
  ['alpine', 'someone/alpine', false],
  ['codercom/code-server', 'codercom/code-server:4.1', true],
  ['codercom/code-server', `codercom/code-server@${digest}`, true],
  ['codercom/code-server:4', 'codercom/code-server:5', false],
  // What runs is what the digest names.
  ['codercom/code-server:4', `codercom/code-server:4@${digest}`, false],
  [`a/b@${digest}`, `a/b:1@${digest}`, true],
  [`a/b@${digest}`, 'a/b:1', false],
  ['a/b:latest', 'a/b', true],
  ['a/b:4*', 'a/b:4.12-slim', true],
  ['ghcr.io/team/*', 'ghcr.io/team/a:1', true],
  ['ghcr.io/team/*', 'ghcr.io/team/a/b:1', false],
  ['ghcr.io/team/**', 'ghcr.io/team/a/b:1', true],
  ['ghcr.io/team/*', 'ghcr.io/team-evil/a', false],
  ['ghcr.io/team/*', 'ghcr.io.evil.example/team/a', false],
  ['*.example.com/**', 'registry.example.com:5000/a', false],
  ['*.example.com/**', 'registry.example.com/a/b', true],
  ['localhost:5000/**', 'localhost:5000/x', true],
  ['localhost:5000/x', 'localhost:5000/x:2', true],
  ['**', 'anything.example/at/all:1', true],
  ['**/b', 'ghcr.io/a/b', true],
  ['a*b*c', 'docker.io/library/aXbYbZc', true],
  ['a*b*c', 'docker.io/library/aXbYbZd', false],
])('%s takes %s: %s', (pattern, image, wanted) => expect(matchesImage(pattern, image)).toBe(wanted));

test('a pattern that is all wildcards ends soon', () => {
  expect(matchesImage(`${'*a'.repeat(200)}b`, 'a'.repeat(500))).toBe(false);
});
