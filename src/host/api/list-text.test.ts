import { expect, test } from 'vitest';
import { createListText } from './list-text.ts';

test('is what JSON.stringify makes of the list', () => {
  const text = createListText();
  const items = [{ id: 'a', left_out: undefined, nested: { list: [1, 'ü "'] } }, { id: 'b' }];
  for (const list of [[], items, items.toReversed(), items]) expect(text(list)).toBe(JSON.stringify(list));
});

test('makes the text of an item once', () => {
  const text = createListText();
  let made = 0;
  const item = { toJSON: () => ({ made: (made += 1) }) };
  expect([text([item]), text([item, item])]).toEqual(['[{"made":1}]', '[{"made":1},{"made":1}]']);
});
