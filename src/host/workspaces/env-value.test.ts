import { expect, test } from 'vitest';
import { aWorkspace } from '#test/operator/objects.ts';
import { envValue } from './env-value.ts';

const workspace = aWorkspace({
  image: 'i',
  env: [
    { name: 'API_TOKEN', value: 's3cret' },
    { name: 'EMPTY', value: '' },
    { name: 'PASSWORD', value: '' },
    { name: 'S', valueFrom: { secretKeyRef: { name: 'mine', key: 'k' } } },
    { name: 'N', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  ],
});
const secret = { data: { PASSWORD: Buffer.from('given').toString('base64') } };

test.each([
  ['API_TOKEN', secret, 's3cret'],
  ['EMPTY', secret, ''],
  ['PASSWORD', secret, 'given'],
  ['PASSWORD', undefined, ''],
])('%s with the Secret %j is %j', (name, password, value) => {
  expect(envValue(workspace, name, password)).toBe(value);
});

test.each([
  ['S', 'unsupported', 'the key k of the Secret mine'],
  ['N', 'unsupported', 'a field of its pod'],
  ['HOME', 'not_found', 'no variable "HOME"'],
])('%s is refused as %s', (name, code, message) => {
  expect(() => envValue(workspace, name, secret)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as unknown }),
  );
});
