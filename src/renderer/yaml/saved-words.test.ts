import { expect, test } from 'vitest';
import { savedWords } from './saved-words.ts';

test.each([
  [{ changed: [], restarts: [], takes_effect: 'nothing-changed' as const }, 'It was so already'],
  [{ changed: ['spec.ttl'], restarts: [], takes_effect: 'now' as const }, 'Saved: spec.ttl'],
  [
    { changed: ['spec.image'], restarts: ['spec.image'], takes_effect: 'restarting' as const },
    'Saved: spec.image. It restarts',
  ],
  [
    { changed: ['spec.ttl', 'spec.image'], restarts: ['spec.image'], takes_effect: 'next-start' as const },
    'Saved: spec.ttl, spec.image. From the next start on: spec.image',
  ],
])('%j', (patched, expected) => {
  expect(savedWords(patched)).toBe(expected);
});
