import { expect, test } from 'vitest';
import { placesOf, shareAfterKey } from './panes.ts';
import type { Split } from './tabs.ts';

const row: Split = { direction: 'row', first: 'a', second: 'b', share: 0.25 };
const column: Split = { ...row, direction: 'column' };

test('without a split the one part is everything', () => {
  expect(placesOf(undefined).first).toEqual({ left: '0px', top: '0px', right: '0px', bottom: '0px' });
});

test('the parts and the line between them fill the room, beside each other or one below the other', () => {
  expect(placesOf(row)).toEqual({
    first: { left: '0px', top: '0px', right: 'calc(75% + 3px)', bottom: '0px' },
    second: { left: 'calc(25% + 3px)', top: '0px', right: '0px', bottom: '0px' },
    line: { left: 'calc(25% - 3px)', top: '0px', right: 'calc(75% - 3px)', bottom: '0px' },
  });
  expect(placesOf(column).second).toEqual({ left: '0px', top: 'calc(25% + 3px)', right: '0px', bottom: '0px' });
});

test.each([
  [row, 'ArrowRight', 0.3],
  [row, 'ArrowLeft', 0.2],
  [row, 'ArrowDown', undefined],
  [column, 'ArrowDown', 0.3],
  [column, 'Home', 0],
  [column, 'End', 1],
  [row, 'Enter', 0.5],
  [row, 'a', undefined],
])('%j, %s: %s', (split, key, share) => {
  const found = shareAfterKey(split, key);
  if (share === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(share);
});
