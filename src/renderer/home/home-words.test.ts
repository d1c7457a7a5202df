import { expect, test } from 'vitest';
import type { Home } from '#contract/home.ts';
import { homeWords } from './home-words.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

test.each<[Partial<Home>, string]>([
  [{ retained_until: '2026-03-08T10:00:00Z' }, 'deleted in 6 d 22 h'],
  [{ retained_until: '2026-03-01T12:00:08Z' }, 'deleted in 8 s'],
  [{ retained_until: '2026-03-01T12:00:00Z' }, 'deleted any moment'],
  [{}, 'kept until you delete it'],
  [{ state: 'deleting', retained_until: '2026-03-08T10:00:00Z' }, 'being deleted'],
])('%j is %s', (home, words) => {
  expect(homeWords({ id: 'ws', state: 'kept', ...home }, now)).toBe(words);
});
