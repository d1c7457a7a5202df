import { describe, expect, test } from 'vitest';
import { imageReferenceProblem, imageReferenceSchema } from './image-reference.ts';

describe('well-formed image references', () => {
  test.for([
    'alpine',
    'alpine:3.20',
    'alpine:latest',
    'codercom/code-server:4.139.1',
    'ghcr.io/owner/image:1.2',
    'ghcr.io/Owner.Example/x'.toLowerCase(),
    'localhost/x',
    'localhost:5000/x:dev',
    'REGISTRY.example:5000/x',
    '[::1]:5000/x',
    '127.0.0.1:5000/a/b/c',
    'a__b/c--d/e.f_g:V_1.0-x',
    `alpine@sha256:${'a'.repeat(64)}`,
    `ghcr.io/a/b:1@sha256:${'0'.repeat(64)}`,
  ])('%s', (image) => expect(imageReferenceProblem(image)).toBeUndefined());
});

describe('malformed image references are explained', () => {
  test.for([
    ['', /empty/],
    ['   ', /empty/],
    ['my image', /white space/],
    ['a\nb', /white space/],
    ['https://ghcr.io/a/b', /is a URL.*"ghcr\.io\/a\/b"/],
    ['Alpine', /capital letters/],
    ['ghcr.io/Owner/image', /capital letters/],
    ['a:', /is not an image reference/],
    ['a:tag:tag', /is not an image reference/],
    ['a//b', /is not an image reference/],
    ['/a', /is not an image reference/],
    ['a@sha256:short', /is not an image reference/],
    ['a;rm -rf', /white space/],
    ['$(a)', /is not an image reference/],
    [`a:${'t'.repeat(129)}`, /is not an image reference/],
    ['a'.repeat(600), /600 characters; 512 is the most/],
  ] as const)('%s', ([image, words]) => expect(imageReferenceProblem(image)).toMatch(words));

  test('also by the schema', () => {
    expect(imageReferenceSchema.safeParse('my image').error?.issues[0]?.message).toMatch(/white space/);
    expect(imageReferenceSchema.parse('alpine')).toBe('alpine');
  });
});
