import { describe, expect, test } from 'vitest';
import { configuredSource } from './source.ts';

describe('configuredSource', () => {
  test('KUBECONFIG, whatever is in it', async () => {
    expect(await configuredSource({ KUBECONFIG: '/does/not/exist' })).toEqual({
      kind: 'kubeconfig',
      path: '/does/not/exist',
    });
  });
  test('nothing', async () => {
    expect(await configuredSource({ HOME: '/does/not/exist', KUBECONFIG: '' })).toBeUndefined();
  });
});
