import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { directAddresses } from './direct-addresses.ts';

const pod: V1Pod = {
  metadata: { name: 'p', labels: { app: 'a', tier: 'x' } },
  spec: { containers: [{ name: 'c', ports: [{ name: 'web', containerPort: 8080 }] }] },
  status: { podIPs: [{ ip: '10.0.0.7' }, { ip: 'fd00::7' }] },
};
const own = [
  { host: '10.0.0.7', port: 8080 },
  { host: 'fd00::7', port: 8080 },
];
const service = (spec: V1Service['spec']): V1Service => ({
  spec: { selector: { app: 'a' }, clusterIP: '10.1.0.9', ...spec },
});

test.each<[string, V1Service[], { host: string; port: number }[]]>([
  ['no Service', [], own],
  [
    'a Service by number',
    [service({ ports: [{ port: 80, targetPort: 8080 }] })],
    [...own, { host: '10.1.0.9', port: 80 }],
  ],
  [
    'a Service by name',
    [service({ ports: [{ port: 80, targetPort: 'web' }] })],
    [...own, { host: '10.1.0.9', port: 80 }],
  ],
  ['a Service at the same port', [service({ ports: [{ port: 8080 }] })], [...own, { host: '10.1.0.9', port: 8080 }]],
  ['a Service of another port', [service({ ports: [{ port: 80, targetPort: 9 }] })], own],
  ['one of UDP', [service({ ports: [{ port: 8080, protocol: 'UDP' }] })], own],
  ['one that leads to other pods', [service({ selector: { app: 'b' }, ports: [{ port: 8080 }] })], own],
  ['one without a selector', [service({ selector: {}, ports: [{ port: 8080 }] })], own],
  ['one without an address', [service({ clusterIP: 'None', ports: [{ port: 8080 }] })], own],
])('%s', (_what, services, expected) => {
  expect(directAddresses(pod, services, 8080)).toEqual(expected);
});

test('a pod that is not there has none', () => {
  expect(directAddresses(undefined, [], 80)).toEqual([]);
});
