import { expect, test } from 'vitest';
import { editUntilTaken } from './edit-until-taken.ts';

test.each<[string, string[], string[], string | undefined, (string | undefined)[]]>([
  ['taken at once', ['b'], [], undefined, [undefined]],
  ['mended', ['wrong', 'right'], ['wrong'], undefined, [undefined, 'no wrong']],
  ['given up when it stays as it was refused', ['wrong', 'wrong'], ['wrong'], 'no wrong', [undefined, 'no wrong']],
  ['given up when it was never changed and is refused', ['a', 'a'], ['a'], 'no a', [undefined, 'no a']],
  ['wrong twice', ['x', 'y', 'z'], ['x', 'y'], undefined, [undefined, 'no x', 'no y']],
])('%s', async (_what, edits, refused, expected, problems) => {
  const told: (string | undefined)[] = [];
  const result = await editUntilTaken({
    body: 'a',
    edit(_body, problem) {
      told.push(problem);
      return Promise.resolve(edits.shift() ?? '');
    },
    handIn: (body) =>
      Promise.resolve(refused.includes(body) ? { kind: 'refused', problem: `no ${body}` } : { kind: 'done' }),
  });
  expect(result).toBe(expected);
  expect(told).toEqual(problems);
});
