import { expect, test } from 'vitest';
import { wholeName } from './image-name.ts';

test.for([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1', 'docker.io/library/nginx:1'],
  ['owner/image', 'docker.io/owner/image:latest'],
  ['docker.io/library/nginx:1', 'docker.io/library/nginx:1'],
  ['ghcr.io/owner/image:1', 'ghcr.io/owner/image:1'],
  ['localhost/image', 'localhost/image:latest'],
  ['localhost:5000/image', 'localhost:5000/image:latest'],
  ['registry:5000/a/b:1', 'registry:5000/a/b:1'],
  ['guildnet.local/echo:1', 'guildnet.local/echo:1'],
  ['nginx@sha256:abc', 'docker.io/library/nginx@sha256:abc'],
] as const)('%s is %s', ([given, whole]) => expect(wholeName(given)).toBe(whole));
