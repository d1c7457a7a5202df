import { expect, test } from 'vitest';
import { aWorkspace } from '#test/operator/objects.ts';
import { operatorConfigSchema } from '../operator/config.ts';
import { deployment } from '../operator/desired/deployment.ts';
import { otherwise, settingsNote } from './other-settings.ts';

const config = operatorConfigSchema.parse({});
const others = operatorConfigSchema.parse({ imagePullSecret: 'house' });
const made = deployment(aWorkspace(), config);

test.for([
  ['the same settings', {}, config, undefined],
  ['other settings', {}, others, ['spec.imagePullSecrets']],
  ['a spec that the leader has not followed yet', { image: 'other:1' }, others, undefined],
] as const)('%s', ([, spec, settings, paths]) => {
  expect(otherwise(aWorkspace(spec), made, undefined, settings)).toEqual(paths);
});

test('nothing is told of one without a Deployment, or with one that bears no marks', () => {
  expect(otherwise(aWorkspace(), undefined, undefined, others)).toBeUndefined();
  const unmarked = { ...made, metadata: { ...made.metadata, annotations: {} } };
  expect(otherwise(aWorkspace(), unmarked, undefined, others)).toBeUndefined();
});

test('a field that this host does not set is one of which no path is known', () => {
  const theirs = deployment(aWorkspace(), others);
  const found = otherwise(aWorkspace(), theirs, undefined, config);
  expect(found).toEqual([]);
  expect(settingsNote(new Map([['ws', found ?? []]]))[0]?.message).toContain('fields that are no longer set');
});

test('several are told in one note', () => {
  const [note, ...more] = settingsNote(
    new Map([
      ['a', ['x', '1', '2', '3']],
      ['b', ['x', '4', '5']],
    ]),
  );
  expect(more).toEqual([]);
  expect(note?.message).toMatch(/^2 workspaces .* x, 1, 2, 3, 4 and 1 more\./);
  expect(settingsNote(new Map())).toEqual([]);
});
