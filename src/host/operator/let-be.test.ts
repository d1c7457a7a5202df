import { expect, test } from 'vitest';
import { asSpecified, upToDate } from './let-be.ts';
import type { Contested } from './settlement.ts';

const by = (author: Contested['by'], path = 'spec.replicas'): Contested => ({ kind: 'Deployment', path, by: author });
const many = Array.from({ length: 8 }, (_, at) => by('admission', `spec.${at}`));

test.for([
  ['admission', [by('admission')], 'ChangedByAdmission', /^The cluster's admission .* Deployment spec\.replicas\./],
  ['a manager', [by({ manager: 'argocd' })], 'ChangedByOthers', /^The field manager "argocd" makes/],
  ['both', [by('admission'), by({ manager: 'x' })], 'ChangedByOthers', /^The cluster's admission .* and The field/],
  ['who does not say so', [by('unknown')], 'ChangedByOthers', /^Somebody makes/],
  ['much', many, 'ChangedByAdmission', /spec\.4 and 3 more\./],
] as const)('what others change is told with its author: %s', ([, contested, reason, message]) => {
  expect(asSpecified({ contested })).toMatchObject({ type: 'AsSpecified', status: 'False', reason });
  expect(asSpecified({ contested })?.message).toMatch(message);
});

test('nothing is told where there is nothing', () => {
  expect(asSpecified({})).toBeUndefined();
  expect(upToDate({}, { phase: 'Running' })).toBeUndefined();
  expect(upToDate({ kept: ['a'] }, { phase: 'Stopped' })).toBeUndefined();
});

test('what counts from the next start is told with what to do', () => {
  expect(upToDate({ kept: ['spec.a', 'spec.b'] }, { phase: 'Running' })?.message).toMatch(
    /spec\.a, spec\.b\. .* guildnet restart/,
  );
  expect(upToDate({ kept: [] }, { phase: 'Running' })?.message).toContain('fields that are no longer set');
});
