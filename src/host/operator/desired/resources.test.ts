import { expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { resources } from './resources.ts';

const cpu = '10m';
const memory = '128Mi';

test.for<[string, WorkspaceSpec['resources'], unknown]>([
  ['a little is requested, and nothing limited, by default', undefined, { requests: { cpu, memory } }],
  ['an own request wins', { requests: { memory: '2Gi' } }, { requests: { cpu, memory: '2Gi' } }],
  ['other resources are kept', { limits: { gpu: '1' } }, { requests: { cpu, memory }, limits: { gpu: '1' } }],
  [
    'a limit leaves the default request',
    { limits: { memory: '4Gi' } },
    { requests: { cpu, memory }, limits: { memory: '4Gi' } },
  ],
  [
    'a small limit makes the request small',
    { limits: { cpu: '0.005', memory: '64Mi' } },
    { requests: { cpu: '0.005', memory: '64Mi' }, limits: { cpu: '0.005', memory: '64Mi' } },
  ],
])('%s', ([, own, expected]) => expect(resources({ resources: own })).toEqual(expected));
