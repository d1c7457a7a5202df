import { expect, test } from 'vitest';
import { plannedManifest } from './planned-manifest.ts';

test('what the API server adds of its own, and what is secret, is left out', () => {
  const planned = plannedManifest({
    apiVersion: 'guildnet.io/v1alpha1',
    kind: 'Workspace',
    metadata: {
      name: 'box-xxxxx',
      namespace: 'team',
      labels: { a: 'b' },
      finalizers: ['f'],
      uid: 'u',
      generation: 1,
      creationTimestamp: 't',
      managedFields: [{}],
    },
    spec: {
      image: 'alpine:1',
      mode: 'Running',
      args: ['--password=hunter22', '--port', '80'],
      env: [
        { name: 'DEBUG', value: '1' },
        { name: 'API_TOKEN', value: 'abcdef' },
        { name: 'FROM', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      ],
    },
    status: { phase: 'Pending' },
  });
  expect(planned).toEqual({
    apiVersion: 'guildnet.io/v1alpha1',
    kind: 'Workspace',
    metadata: { name: 'box-xxxxx', namespace: 'team', labels: { a: 'b' }, finalizers: ['f'] },
    spec: {
      image: 'alpine:1',
      mode: 'Running',
      args: ['--password=•••', '--port', '80'],
      env: [
        { name: 'DEBUG', value: '1' },
        { name: 'API_TOKEN', value: '•••' },
        { name: 'FROM', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      ],
    },
  });
});

test.each([undefined, null, 'text', [], {}, { spec: { env: 'x', args: 7 } }])('%j is no reason to fail', (answer) => {
  expect(Object.keys(plannedManifest(answer))).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
});
