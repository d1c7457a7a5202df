import { expect, test } from 'vitest';
import { decideRight, mostAnswers, withAnswer, type RightAnswer } from './decide-right.ts';

const cs = { id: 'cs', image: 'code:1' };
const answer = (isAllowed: boolean, image = 'code:1', id = 'cs'): RightAnswer => ({ id, image, isAllowed });
const granting = { image: 'code:1', source: 'offered' } as const;

test.each<[string, RightAnswer[], Parameters<typeof decideRight>[2], string]>([
  ['nobody has said anything', [], [], 'ask'],
  ['it was allowed', [answer(true)], [], 'grant'],
  ['it was refused', [answer(false)], [], 'refuse'],
  ['it was allowed to another image', [answer(true, 'code:0')], [], 'ask'],
  ['it was allowed to another workspace', [answer(true, 'code:1', 'other')], [], 'ask'],
  ['a preset of the configuration says so', [], [granting], 'grant'],
  ['a preset says so, and the person does not', [answer(false)], [granting], 'refuse'],
  ['a preset of another image says so', [], [{ ...granting, image: 'code:2' }], 'ask'],
  ['a preset that somebody made over the API says so', [], [{ ...granting, source: 'own' }], 'ask'],
  ['a preset that somebody changed over the API says so', [], [{ ...granting, source: 'changed' }], 'ask'],
  ['no preset says anything of it', [], [], 'ask'],
])('%s', (_what, answers, presets, decided) => {
  expect(decideRight(cs, answers, presets)).toBe(decided);
});

test('the last answer counts, and there is an end to them', () => {
  expect(withAnswer([answer(true)], answer(false))).toEqual([answer(false)]);
  const many = Array.from({ length: 300 }, (_, place) => answer(true, 'i', `w${String(place)}`));
  const kept = many.reduce<RightAnswer[]>(withAnswer, []);
  expect(kept).toHaveLength(mostAnswers);
  expect(kept.at(-1)?.id).toBe('w299');
});
