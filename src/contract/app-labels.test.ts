import { expect, test } from 'vitest';
import { appLabels } from './app-labels.ts';

test.for([
  ['ghcr.io/owner/image:1.2', 'image', '1.2'],
  ['docker.io/codercom/Code_Server:4.139.1@sha256:00', 'code-server', '4.139.1'],
  ['localhost:5000/image', 'image', undefined],
  ['image@sha256:00', 'image', undefined],
  // A tag may begin and end with what a label's value may not.
  ['image:_1', 'image', undefined],
  [`image:${'a'.repeat(64)}`, 'image', undefined],
] as const)('%s is the application %s in the version %s', ([image, name, version]) => {
  expect(appLabels('ws', image, 'workspace')).toEqual({
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': 'ws',
    ...(version === undefined ? {} : { 'app.kubernetes.io/version': version }),
    'app.kubernetes.io/component': 'workspace',
    'app.kubernetes.io/part-of': 'guildnet',
    'app.kubernetes.io/managed-by': 'guildnet',
  });
});
