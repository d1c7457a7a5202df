import { expect, test } from 'vitest';
import { underFreshName } from './fresh-name.ts';

/** Suffixes one after another, and the names that were tried. */
function setting(taken: number) {
  const tried: string[] = [];
  let drawn = 0;
  const made = underFreshName(
    'ide',
    (name) => {
      tried.push(name);
      return Promise.resolve(tried.length <= taken ? 'taken' : 'created');
    },
    () => `0000${String(drawn++)}f`,
  );
  return { made, tried };
}

test.each([0, 1, 4])('a name that is taken is tried again with another suffix: %d times', async (taken) => {
  const { made, tried } = setting(taken);
  expect(await made).toBe(`ide-0000${String(taken)}`);
  expect(tried).toHaveLength(taken + 1);
  expect(new Set(tried).size).toBe(tried.length);
});

test('when five are taken, the sixth is not asked for, and it is said', async () => {
  const { made, tried } = setting(5);
  await expect(made).rejects.toMatchObject({ code: 'create_failed', message: 'No free name was found for "ide".' });
  expect(tried).toHaveLength(5);
});

test('another failure is no collision', async () => {
  let tries = 0;
  const failing = (): Promise<'taken'> => {
    tries += 1;
    return Promise.reject(new Error('refused'));
  };
  await expect(underFreshName('ide', failing)).rejects.toThrow('refused');
  expect(tries).toBe(1);
});
