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

test('a Secret that is gone with its workspace does not keep the bare pod from starting', () => {
  const env = [
    { name: 'PORT', value: '8080' },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'workspace-x-password', key: 'password' } } },
  ];
  const pod = barePod('plain', { containers: [{ name: 'main', env }] });
  expect(pod.spec?.containers[0]?.env).toEqual([
    { name: 'PORT', value: '8080' },
    { name: 'PASSWORD', value: 'plain' },
  ]);
});
