import { expect, test } from 'vitest';
import type { Home } from '#contract/home.ts';
import { keptHomes } from './kept-homes.ts';

const home = (id: string, state: Home['state'], retained_until?: string): Home => ({
  id,
  state,
  ...(retained_until === undefined ? {} : { retained_until }),
});

test('homes of workspaces that exist are not among them, and what goes next comes first', () => {
  const homes = [
    home('b', 'kept', '2026-03-02T00:00:00.000Z'),
    home('for-ever', 'kept'),
    home('used', 'used'),
    home('a', 'kept', '2026-03-02T00:00:00.000Z'),
    home('next', 'deleting', '2026-03-01T00:00:00.000Z'),
  ];
  const shown = keptHomes(Object.fromEntries(homes.map((one) => [one.id, one])));
  expect(shown.map(({ id }) => id)).toEqual(['next', 'a', 'b', 'for-ever']);
});
