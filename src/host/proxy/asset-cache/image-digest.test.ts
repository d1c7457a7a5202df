import { expect, test } from 'vitest';
import { imageDigest } from './image-digest.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

test.each([
  [`docker.io/codercom/code-server@${digest}`, digest],
  [`docker-pullable://a/b@${digest}`, digest],
  [`docker://${digest}`, digest],
  [digest, digest],
  ['', undefined],
  [undefined, undefined],
  ['docker.io/a/b:latest', undefined],
  [`${digest}0`, undefined],
])('%s names %s', (id, expected) => {
  expect(imageDigest(id)).toBe(expected);
});
