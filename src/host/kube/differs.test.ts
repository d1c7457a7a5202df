import { describe, expect, test } from 'vitest';
import { differs, firstDifference } from './differs.ts';

describe('what is no difference', () => {
  test.for([
    ['defaults of the API server', { spec: { replicas: 1 } }, { spec: { replicas: 1, paused: false }, status: {} }],
    [
      'a limit of a volume’s size written otherwise',
      { volumes: [{ name: 'a', emptyDir: { sizeLimit: '1024Mi' } }] },
      { volumes: [{ name: 'a', emptyDir: { sizeLimit: '1Gi' } }] },
    ],
    [
      'quantities written otherwise',
      { resources: { limits: { cpu: '1000m', memory: '1024Mi' } } },
      { resources: { limits: { cpu: '1', memory: '1Gi' } } },
    ],
    ['what omitempty leaves out', { a: '', b: [], c: {}, d: null }, {}],
    ['an undefined field', { a: undefined }, { a: 'theirs' }],
    [
      'an env entry of somebody else',
      { containers: [{ name: 'w', env: [{ name: 'A', value: '1' }] }] },
      { containers: [{ name: 'x' }, { name: 'w', env: [{ name: 'Z' }, { name: 'A', value: '1' }] }] },
    ],
    ['an empty env value', { env: [{ name: 'A', value: '' }] }, { env: [{ name: 'A' }] }],
    [
      'a port’s default protocol',
      { spec: { ports: [{ port: 80 }] } },
      { spec: { ports: [{ port: 80, protocol: 'TCP', nodePort: 3 }] } },
    ],
    ['labels of others', { metadata: { labels: { a: '1' } } }, { metadata: { labels: { a: '1', b: '2' } } }],
    [
      'a second owner',
      { ownerReferences: [{ uid: 'u', kind: 'W' }] },
      { ownerReferences: [{ uid: 'v' }, { uid: 'u', kind: 'W' }] },
    ],
  ] as const)('%s', ([, desired, live]) => expect(firstDifference(desired, live)).toBeUndefined());
});

describe('what is one', () => {
  test.for([
    ['a changed field', { spec: { replicas: 1 } }, { spec: { replicas: 0 } }, 'spec.replicas'],
    ['a missing field', { spec: { a: 1 } }, { spec: {} }, 'spec.a'],
    ['a missing object', { spec: { a: 1 } }, {}, 'spec'],
    [
      'a changed env value',
      { containers: [{ name: 'w', env: [{ name: 'A', value: '1' }] }] },
      { containers: [{ name: 'w', env: [{ name: 'A', value: '2' }] }] },
      'containers[w].env[A].value',
    ],
    ['a missing container', { containers: [{ name: 'w', image: 'i' }] }, { containers: [] }, 'containers[w]'],
    ['another order of arguments', { args: ['a', 'b'] }, { args: ['b', 'a'] }, 'args[0]'],
    [
      'one more toleration',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'a' }, { operator: 'Exists' }] },
      'tolerations',
    ],
    [
      'another quantity',
      { resources: { limits: { cpu: '1' } } },
      { resources: { limits: { cpu: '2' } } },
      'resources.limits.cpu',
    ],
    ['false against nothing', { automount: false }, {}, 'automount'],
    ['zero against nothing', { replicas: 0 }, {}, 'replicas'],
    ['emptied by us', { a: '' }, { a: 'x' }, 'a'],
    [
      'another port',
      { spec: { ports: [{ port: 80, name: 'http' }] } },
      { spec: { ports: [{ port: 80, name: 'web' }] } },
      'spec.ports[80/TCP].name',
    ],
    ['a list where an object was', { a: { b: 1 } }, { a: [] }, 'a'],
    ['an object where a list was', { a: ['x'] }, { a: {} }, 'a'],
  ] as const)('%s', ([, desired, live, path]) => {
    expect(firstDifference(desired, live)?.path).toBe(path);
    expect(differs(desired, live)).toBe(true);
  });
});
