import { expect, test } from 'vitest';
import type { Preset } from '#contract/image-defaults.ts';
import type { Job } from '#contract/server.ts';
import { defaultsOf } from './image-defaults.ts';
import { newHome } from './new-home.ts';

const presets: Preset[] = [
  { label: 'IDE', image: 'team/ide:1', home: { mountPath: '/home/dev', size: '20Gi' } },
  { label: 'Echo', image: 'echo:1' },
];

test.each<[string, string, Job['home'], object | undefined]>([
  ['a preset with a home', 'team/ide:1', undefined, { mountPath: '/home/dev', size: '20Gi' }],
  ['a preset with a home, launched without', 'team/ide:1', false, undefined],
  [
    'a preset with a home, launched with a larger one',
    'team/ide:1',
    { size: ' 50Gi ' },
    { mountPath: '/home/dev', size: '50Gi' },
  ],
  [
    'a preset with a home, mounted elsewhere',
    'team/ide:1',
    { mountPath: '/work' },
    { mountPath: '/work', size: '20Gi' },
  ],
  ['a preset without', 'echo:1', undefined, undefined],
  ['a preset without, launched with one', 'echo:1', {}, {}],
  [
    'an image that is code-server by its name',
    'docker.io/codercom/code-server:4',
    undefined,
    { mountPath: '/home/coder' },
  ],
  ['an image that is Jupyter by its name', 'quay.io/jupyter/base-notebook:1', undefined, { mountPath: '/home/jovyan' }],
  ['any other image', 'alpine:3', undefined, undefined],
  [
    'everything said',
    'alpine:3',
    { size: '1Gi', storageClass: 'fast', mountPath: '/d', retain: '24h' },
    { size: '1Gi', storageClass: 'fast', mountPath: '/d', retain: '24h' },
  ],
  ['blank fields', 'alpine:3', { size: ' ', retain: '' }, {}],
])('%s', (_what, image, asked, home) => {
  expect(newHome(asked, defaultsOf(image, presets).home)).toEqual(home);
});

test.each<[string, Job['home']]>([
  ['home.size', { size: 'large' }],
  ['home.retain', { retain: '7d' }],
  ['home.retain', { retain: 'never' }],
  ['home.mountPath', { mountPath: 'home' }],
  ['home.storageClass', { storageClass: 'Not A Name' }],
])('refuses a wrong %s', (field, asked) => {
  expect(() => newHome(asked, undefined)).toThrow(
    expect.objectContaining({ code: 'invalid_spec', details: { field } }),
  );
});
