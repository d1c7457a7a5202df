import { expect, test } from 'vitest';
import { aWorkspace } from '#test/operator/objects.ts';
import { checkIfMatch, tagOf } from './etag.ts';

const { metadata } = aWorkspace({});
const tag = tagOf({ metadata });

test('a tag changes with the spec and the labels, and not with the reports of the cluster', () => {
  expect(tag).toMatch(/^"[\w-]{22}"$/);
  expect(tagOf({ metadata: { ...metadata, resourceVersion: '99999' } })).toBe(tag);
  expect(tagOf({ metadata: { ...metadata, generation: 77 } })).not.toBe(tag);
  expect(tagOf({ metadata: { ...metadata, uid: 'another' } })).not.toBe(tag);
  expect(tagOf({ metadata: { ...metadata, labels: { ...metadata.labels, a: 'b' } } })).not.toBe(tag);
});

test.for([undefined, '*', tag, `"x", ${tag}`])('If-Match %s holds', (ifMatch) => {
  expect(() => checkIfMatch(ifMatch, tag)).not.toThrow();
});

test.for(['', '"x"', `W/${tag}`, tag.slice(1, -1)])('If-Match %s does not', (ifMatch) => {
  expect(() => checkIfMatch(ifMatch, tag)).toThrow(/another one by now/);
});
