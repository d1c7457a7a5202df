import { expect, test } from 'vitest';
import { barePod } from './by-kubectl.ts';

test('a bare pod is the same pod without what the cluster filled in', () => {
  const given = {
    nodeName: 'node',
    volumes: [{ name: 'home', emptyDir: {} }, { name: 'kube-api-access-abcde' }],
    containers: [
      {
        name: 'main',
        image: 'echo:1',
        volumeMounts: [
          { name: 'home', mountPath: '/home' },
          { name: 'kube-api-access-abcde', mountPath: '/var/run' },
        ],
      },
    ],
  };
  expect(barePod('plain', given)).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'plain' },
    spec: {
      volumes: [{ name: 'home', emptyDir: {} }],
      containers: [{ name: 'main', image: 'echo:1', volumeMounts: [{ name: 'home', mountPath: '/home' }] }],
    },
  });
  expect(given.nodeName).toBe('node');
});
