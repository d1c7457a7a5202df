import { expect, test } from 'vitest';
import { originForm } from './request-target.ts';

test.each([
  ['https://cs.localhost:8080/a//b%2F?x&&y', 'cs.localhost:8080', '/a//b%2F?x&&y'],
  ['HTTP://CS.localhost:8080/', 'cs.LOCALHOST:8080', '/'],
  ['https://cs.localhost:8080', 'cs.localhost:8080', '/'],
  ['https://cs.localhost:8080?x', 'cs.localhost:8080', '/?x'],
  ['https://other.localhost:8080/', 'cs.localhost:8080', undefined],
  ['https://user@cs.localhost:8080/', 'cs.localhost:8080', undefined],
  ['https:///x', '', undefined],
  ['ftp://cs.localhost:8080/', 'cs.localhost:8080', undefined],
  ['/https://cs.localhost:8080/', 'cs.localhost:8080', undefined],
  ['https://cs.localhost:8080/', undefined, undefined],
  ['*', 'cs.localhost:8080', undefined],
])('%s for %s', (target, host, path) => {
  expect(originForm(target, host)).toBe(path);
});
