import { expect, test } from 'vitest';
import { newResources } from './new-resources.ts';

test.for([
  ['nothing', {}, undefined],
  ['blank amounts', { cpu: ' ', requests: { memory: '' } }, undefined],
  [
    'one value for each, as in the original',
    { cpu: '2', memory: ' 4Gi ' },
    { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '2', memory: '4Gi' } },
  ],
  ['requests alone', { requests: { cpu: '250m' } }, { requests: { cpu: '250m' } }],
  ['limits alone', { limits: { memory: '4Gi' } }, { limits: { memory: '4Gi' } }],
  [
    'requests beside the one value',
    { cpu: '2', requests: { cpu: '100m' } },
    { requests: { cpu: '100m' }, limits: { cpu: '2' } },
  ],
] as const)('%s', ([, resources, made]) => expect(newResources({ resources })).toEqual(made));

test.for([
  [{ cpu: 'lots' }, 'resources.cpu'],
  [{ requests: { memory: '1 GB' } }, 'resources.requests.memory'],
  [{ limits: { cpu: '-1' } }, 'resources.limits.cpu'],
] as const)('%o is refused at %s', ([resources, field]) =>
  expect(() => newResources({ resources })).toThrow(
    expect.objectContaining({ code: 'invalid_spec', details: { field } }),
  ),
);
