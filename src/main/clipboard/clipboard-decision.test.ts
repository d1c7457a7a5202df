import { expect, test } from 'vitest';
import { decideClipboard, mostAnswers, withAnswer, type ClipboardAnswer } from './clipboard-decision.ts';

const cs = { id: 'cs', image: 'code:1' };
const answer = (mayRead: boolean, image = 'code:1', id = 'cs'): ClipboardAnswer => ({ id, image, mayRead });
const granting = { image: 'code:1', clipboard: 'read', source: 'offered' } as const;

test.each<[string, ClipboardAnswer[], Parameters<typeof decideClipboard>[2], string]>([
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
  ['a preset that says nothing of it', [], [{ image: 'code:1', source: 'offered' }], 'ask'],
])('%s', (_what, answers, presets, decided) => {
  expect(decideClipboard(cs, answers, presets)).toBe(decided);
});

test('the last answer counts, and there is an end to them', () => {
  expect(withAnswer([answer(true)], answer(false))).toEqual([answer(false)]);
  const many = Array.from({ length: 300 }, (_, place) => answer(true, 'i', `w${String(place)}`));
  const kept = many.reduce<ClipboardAnswer[]>(withAnswer, []);
  expect(kept).toHaveLength(mostAnswers);
  expect(kept.at(-1)?.id).toBe('w299');
});
