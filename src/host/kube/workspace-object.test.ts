import { expect, test } from 'vitest';
import { withDates } from './wire-dates.ts';
import { parseWorkspace } from './workspace-object.ts';

const metadata = { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '1' };

test('drops the env entries that an older CRD emptied', () => {
  const parsed = parseWorkspace({
    metadata,
    spec: { image: 'i', env: [{}, { name: ' ' }, { value: 'x' }, { name: 'A', value: '1' }] },
  });
  expect(parsed).toMatchObject({ value: { spec: { env: [{ name: 'A', value: '1' }] } } });
});

test('keeps a Workspace whose spec cannot be used, and says why', () => {
  const parsed = parseWorkspace({
    metadata,
    spec: { image: 'i', ports: [{ containerPort: 0 }] },
    status: { phase: 'Failed' },
  });
  expect(parsed).toMatchObject({
    value: {
      spec: { image: 'i' },
      status: { phase: 'Failed' },
      specProblem: expect.stringContaining('spec.ports.0.containerPort') as string,
    },
  });
  expect(parseWorkspace({ metadata })).toMatchObject({
    value: { spec: { image: '' }, specProblem: expect.stringContaining('spec') as string },
  });
});

test('refuses what is no object of the API server', () => {
  expect(parseWorkspace({ spec: { image: 'i' } })).toMatchObject({
    problem: expect.stringContaining('metadata') as string,
  });
});

test('does not keep managedFields', () => {
  expect(
    JSON.stringify(parseWorkspace({ metadata: { ...metadata, managedFields: [{}] }, spec: { image: 'i' } })),
  ).not.toContain('managedFields');
});

test('timestamps become Dates, except in maps whose keys people choose', () => {
  const object = {
    metadata: { creationTimestamp: '2026-01-01T00:00:00Z', labels: { startTime: 'x' }, managedFields: [] },
    status: { conditions: [{ lastTransitionTime: '2026-01-01T00:00:01Z' }], startTime: null },
  };
  expect(withDates(object)).toEqual({
    metadata: { creationTimestamp: new Date('2026-01-01T00:00:00Z'), labels: { startTime: 'x' } },
    status: { conditions: [{ lastTransitionTime: new Date('2026-01-01T00:00:01Z') }], startTime: null },
  });
});
