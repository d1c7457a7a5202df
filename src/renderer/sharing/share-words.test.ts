import { expect, test } from 'vitest';
import { lastsWords, subjectWords, wishOf, type ShareForm } from './share-words.ts';

test.each([
  [{ kind: 'User', name: 'anna@example.com' }, 'anna@example.com'],
  [{ kind: 'Tag', name: 'tag:ci' }, 'tag:ci'],
  [{ kind: 'Device', name: 'n1' }, 'Device n1'],
  [{ kind: 'Everyone' }, 'Everyone who reaches this host'],
] as const)('%j is %s', (subject, words) => {
  expect(subjectWords(subject)).toBe(words);
});

test.each([
  [{ ended: false }, 'until it is revoked'],
  [{ until: '2026-11-26T14:00:00.000Z', ended: false }, 'for 2 h more'],
  // The page's clock and the host's differ.
  [{ until: '2026-11-26T11:59:00.000Z', ended: false }, 'over for 1 min'],
  [{ until: '2026-11-26T12:00:30.000Z', ended: true }, 'over for 0 s'],
])('%j lasts %s', (share, words) => {
  expect(lastsWords(share, Date.parse('2026-11-26T12:00:00.000Z'))).toBe(words);
});

const form: ShareForm = { workspace: 'w', with: ' anna ', can: 'open', span: '8h', other: '' };

test.each<[Partial<ShareForm>, unknown]>([
  [{}, { wish: { id: 'w', with: 'anna', can: 'open', until: '8h' } }],
  [{ span: '' }, { wish: { id: 'w', with: 'anna', can: 'open' } }],
  [{ can: 'admin', span: 'other', other: ' 1h30m' }, { wish: { id: 'w', with: 'anna', can: 'admin', until: '1h30m' } }],
  [{ workspace: '' }, { missing: 'workspace' }],
  [{ with: ' ' }, { missing: 'with' }],
  [{ span: 'other' }, { missing: 'other' }],
  [{ span: 'other', other: '3 days' }, { missing: 'other' }],
  [{ span: 'other', other: '0s' }, { missing: 'other' }],
])('%j', (change, wish) => {
  expect(wishOf({ ...form, ...change })).toEqual(wish);
});
