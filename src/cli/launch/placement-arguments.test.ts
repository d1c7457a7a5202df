import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { parseEnvSource, parseToleration } from './placement-arguments.ts';

test.each([
  ['gpu', { key: 'gpu', operator: 'Exists' }],
  ['gpu=a100', { key: 'gpu', value: 'a100' }],
  ['gpu=', { key: 'gpu', value: '' }],
  ['gpu=a100:NoSchedule', { key: 'gpu', value: 'a100', effect: 'NoSchedule' }],
  ['example.com/gpu:NoExecute', { key: 'example.com/gpu', operator: 'Exists', effect: 'NoExecute' }],
  ['*', { operator: 'Exists' }],
])('--toleration %s', (text, wanted) => {
  expect(parseToleration(text)).toEqual(wanted);
});

test.each(['', '=a', ':NoSchedule', 'gpu:Never', 'gpu:', 'a=b=c'])('--toleration %j is refused', (text) => {
  expect(() => parseToleration(text)).toThrow(InvalidArgumentError);
});

test.each([
  ['secret/token', { secretRef: { name: 'token' } }],
  ['configmap/settings', { configMapRef: { name: 'settings' } }],
])('--env-from %s', (text, wanted) => {
  expect(parseEnvSource(text)).toEqual(wanted);
});

test.each(['', 'token', 'secret/', '/token', 'pod/a', 'secret/a/b'])('--env-from %j is refused', (text) => {
  expect(() => parseEnvSource(text)).toThrow(InvalidArgumentError);
});
