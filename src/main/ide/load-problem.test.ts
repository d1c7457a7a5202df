import { expect, test } from 'vitest';
import { problemOfLoad, problemOfStatus, retryDelayMs } from './load-problem.ts';

test.each([
  [200, undefined],
  [302, undefined],
  [401, undefined],
  [404, undefined],
  [500, undefined],
  [502, /could not reach/],
  [503, /not ready/],
  [504, /in time/],
])('status %i', (status, wanted) => {
  if (wanted === undefined) expect(problemOfStatus(status)).toBeUndefined();
  else expect(problemOfStatus(status)).toMatch(wanted);
});

test.each([
  [-3, 'ERR_ABORTED', undefined],
  [-102, 'ERR_CONNECTION_REFUSED', /does not listen/],
  [-202, 'ERR_CERT_AUTHORITY_INVALID', /not this host's/],
  [-324, 'ERR_EMPTY_RESPONSE', /ERR_EMPTY_RESPONSE/],
  [-999, '', /-999/],
])('load %i %s', (code, name, wanted) => {
  if (wanted === undefined) expect(problemOfLoad(code, name)).toBeUndefined();
  else expect(problemOfLoad(code, name)).toMatch(wanted);
});

test('waits longer and longer, up to a point', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(retryDelayMs)).toEqual([1_000, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});
