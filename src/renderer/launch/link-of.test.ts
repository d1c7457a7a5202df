import { expect, test } from 'vitest';
import { linkOf } from './link-of.ts';

test.each([
  ['no link', {}, { image: 'a', name: '' }, undefined],
  ['a link without an image', { name: 'x' }, { image: '', name: '' }, undefined],
  ['an empty form', { image: 'a' }, { image: '', name: '' }, { image: 'a', name: '' }],
  ['another image', { image: 'a', name: 'n' }, { image: 'b', name: 'n' }, { image: 'a', name: 'n' }],
  ['another name', { image: 'a', name: 'n' }, { image: 'a', name: 'm' }, { image: 'a', name: 'n' }],
  ['a form that says so already', { image: 'a', name: 'n' }, { image: 'a', name: 'n' }, undefined],
  ['a name that the person gave', { image: 'a' }, { image: 'a', name: 'mine' }, undefined],
])('%s', (_what, query, form, wanted) => {
  expect(linkOf(query, form)).toEqual(wanted);
});
