import { expect, test } from 'vitest';
import { parsePlace, placeText } from './stream-place.ts';

test('a place comes back from its id', () => {
  const place = { view: '0123456789abcdef', next: 42 };
  expect(placeText(place)).toBe('0123456789abcdef.42');
  expect(parsePlace(placeText(place))).toEqual(place);
});

test.each([
  undefined,
  '',
  '0123456789abcdef',
  '0123456789abcdef.',
  '0123456789abcdef.-1',
  '0123456789abcdef.1e3',
  'a.1',
  `0123456789abcdef.${'9'.repeat(16)}`,
  'x'.repeat(10_000),
])('%j is no place', (text) => {
  expect(parsePlace(text)).toBeUndefined();
});
