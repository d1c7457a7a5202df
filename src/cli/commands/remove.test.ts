import { expect, test } from 'vitest';
import { localTime } from '../output/local-time.ts';
import { sentence } from './remove.ts';

test('a workspace without a home is just deleted', () => {
  expect(sentence({ deleted: 'ws' })).toBe('ws deleted');
});

test('of one with a home is said until when that is kept, and how to get it back', () => {
  const until = '2026-03-08T12:00:00.000Z';
  expect(sentence({ deleted: 'ws', home: { id: 'ws', retained_until: until } })).toBe(
    `ws deleted; its home is kept until ${localTime(until)} (guildnet restore ws)`,
  );
  expect(sentence({ deleted: 'ws', home: { id: 'ws' } })).toBe('ws deleted; its home is kept (guildnet restore ws)');
});
