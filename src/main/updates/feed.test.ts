import { expect, test } from 'vitest';
import { feedOf } from './feed.ts';

test.each([
  ['https://example.org/releases', undefined, 'https://example.org/releases/'],
  [undefined, 'https://example.org/r/', 'https://example.org/r/'],
  ['', 'https://example.org/r/', 'https://example.org/r/'],
  ['http://127.0.0.1:8080/', 'https://example.org/', 'http://127.0.0.1:8080/'],
])('%s in the environment and %s in the package: %s', (chosen, built, address) => {
  expect(feedOf(chosen, built)).toEqual({ address });
});

test.each([
  [undefined, undefined, 'knows no place'],
  ['off', 'https://example.org/', 'turns it off'],
  ['http://example.org/', undefined, 'https://'],
  ['file:///etc/', undefined, 'https://'],
  ['example.org', undefined, 'neither'],
  ['https://a:b@example.org/', undefined, 'password'],
  ['http://localhost.example.org/', undefined, 'https://'],
])('%s in the environment and %s in the package: nothing is asked, since it %s', (chosen, built, why) => {
  expect(feedOf(chosen, built)).toEqual({ off: expect.stringContaining(why) });
});
