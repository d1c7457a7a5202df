import { expect, test } from 'vitest';
import { addressOf, auditQueryOf, filterOf, isFiltering } from './activity-filter.ts';

const nothing = { workspace: '', who: '', decision: 'all' } as const;

test.each([
  [{}, nothing],
  [
    { workspace: 'w', who: 'user:a', decision: 'denied' },
    { workspace: 'w', who: 'user:a', decision: 'denied' },
  ],
  [
    { workspace: ['a', 'b'], decision: 'whatever' },
    { ...nothing, workspace: 'a' },
  ],
  [
    { workspace: [], who: 'x'.repeat(300) },
    { ...nothing, who: 'x'.repeat(253) },
  ],
])('%j in the address asks for %j', (address, filter) => {
  expect(filterOf(address)).toEqual(filter);
});

test('what is asked for stands in the address, and nothing else', () => {
  expect(addressOf(nothing)).toEqual({ workspace: null, who: null, decision: null });
  const some = { workspace: 'w', who: 'user:a', decision: 'allowed' } as const;
  expect(filterOf(addressOf(some) as Record<string, string>)).toEqual(some);
});

test.each([
  [nothing, { limit: 100 }, false],
  [{ ...nothing, workspace: ' ' }, { limit: 100 }, false],
  [{ ...nothing, workspace: ' w ' }, { workspace: 'w', limit: 100 }, true],
  [{ ...nothing, who: 'device:d' }, { who: 'device:d', limit: 100 }, true],
  [{ ...nothing, decision: 'denied' as const }, { decision: 'denied', limit: 100 }, true],
])('%j asks the host %j', (filter, query, filters) => {
  expect(auditQueryOf(filter, 100)).toEqual(query);
  expect(isFiltering(filter)).toBe(filters);
});
