import { expect, test } from 'vitest';
import { askAll } from './ask-all.ts';

test('asks all, three at a time, and says which were accepted', async () => {
  let under = 0;
  let most = 0;
  const ids = Array.from({ length: 20 }, (_, place) => String(place));
  const accepted = await askAll(ids, async (id) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 0));
    under -= 1;
    return Number(id) % 2 === 0;
  });
  expect(accepted).toEqual(ids.map((id) => Number(id) % 2 === 0));
  expect(most).toBe(3);
});

test('has nothing to do for none', async () => {
  expect(await askAll([], () => Promise.reject(new Error('nobody')))).toEqual([]);
});
