import { expect, test } from 'vitest';
import type { Preset } from '#contract/image-defaults.ts';
import { emptyPresetForm, presetFormOf, presetFrom, presetProblems } from './preset-form.ts';

const preset: Preset = {
  label: 'Notes',
  image: 'ghcr.io/me/notes:1',
  description: 'Notes',
  ports: [{ port: 3000, name: 'web' }, { port: 8443 }],
  args: ['serve'],
  env: { THEME: 'dark' },
  home: { mountPath: '/data', size: '5Gi' },
  probe: { kind: 'http', path: '/health' },
};

test('a preset that is not changed comes back as it was', () => {
  expect(presetFormOf(preset)).toMatchObject({ ports: '3000:web, 8443', homePath: '/data', homeSize: '5Gi' });
  for (const one of [preset, { label: 'a', image: 'b' }, { label: 'a', image: 'b', home: {} }])
    expect(presetFrom(presetFormOf(one), one)).toEqual(one);
});

test('what the form does not show stays, and what was cleared goes', () => {
  const form = { ...presetFormOf(preset), image: ' x:2 ', description: ' ', ports: '', homePath: '', homeSize: '' };
  expect(presetFrom(form, preset)).toEqual({
    label: 'Notes',
    image: 'x:2',
    args: ['serve'],
    env: { THEME: 'dark' },
    probe: { kind: 'http', path: '/health' },
  });
});

test.each([
  [{ ...emptyPresetForm }, ['label', 'image']],
  [{ ...emptyPresetForm, label: 'a', image: 'b' }, []],
  [{ ...emptyPresetForm, label: 'a', image: 'not an image' }, ['image']],
  [{ ...emptyPresetForm, label: 'a', image: 'b', ports: '80, x' }, ['ports']],
  [{ ...emptyPresetForm, label: 'a', image: 'b', ports: '65536' }, ['ports']],
  [{ ...emptyPresetForm, label: 'a', image: 'b', ports: '80:Web' }, ['ports']],
  [{ ...emptyPresetForm, label: 'a', image: 'b', ports: '80:web,' }, []],
])('%j has problems with %j', (form, fields) => {
  expect(Object.keys(presetProblems(form))).toEqual(fields);
});
