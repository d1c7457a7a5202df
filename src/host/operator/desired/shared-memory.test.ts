import { expect, test } from 'vitest';
import { sharedMemory } from './shared-memory.ts';

test.for([
  ['without a limit there is as much as the node has', {}, { medium: 'Memory' }],
  ['requests do not bound it', { requests: { memory: '1Gi' } }, { medium: 'Memory' }],
  ['a limit of the memory is its limit', { limits: { memory: '2Gi' } }, { medium: 'Memory', sizeLimit: '2Gi' }],
  ['a limit of the CPU is not', { limits: { cpu: '1' } }, { medium: 'Memory' }],
] as const)('%s', ([, resources, emptyDir]) => {
  expect(sharedMemory({ resources })).toEqual({
    volume: { name: 'shared-memory', emptyDir },
    mount: { name: 'shared-memory', mountPath: '/dev/shm' },
  });
});
