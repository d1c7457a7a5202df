import { expect, test } from 'vitest';
import { judgeCrd } from './crd.ts';
import type { FoundCrd } from './crd.ts';

test.each<[FoundCrd, string, RegExp]>([
  [{ revision: 5, served: true }, 'ok', /revision 5 of .*as this GuildNet/],
  [{ revision: 6, served: true }, 'ok', /newer revision 6/],
  [{ revision: 4, served: true }, 'warning', /older revision 4/],
  [{ revision: 0, served: 'hidden' }, 'warning', /older revision 0/],
  [{ revision: undefined, served: false }, 'warning', /does not have/],
  [{ revision: 'hidden', served: false }, 'warning', /does not have/],
  [{ revision: 5, served: false }, 'error', /does not serve it/],
  [{ revision: 'hidden', served: true }, 'skipped', /may not be seen/],
  [{ revision: 'hidden', served: 'hidden' }, 'skipped', /may not be seen/],
])('%j', (found, state, words) => {
  const finding = judgeCrd(found, 5);
  expect(finding.state).toBe(state);
  expect(finding.message).toMatch(words);
});
