import { expect, test } from 'vitest';
import { aWorkspace } from '#test/operator/objects.ts';
import { homePath } from './home-path.ts';
import { homeVolume } from './home-volume.ts';

test.each([
  ['docker.io/codercom/code-server:4.139.1', undefined, '/home/coder'],
  ['guildnet.local/code-server:4', undefined, '/home/coder'],
  ['quay.io/jupyter/base-notebook:2026-07-20', undefined, '/home/jovyan'],
  ['example.org/team/jupyterlab@sha256:00', undefined, '/home/jovyan'],
  ['jupyter.example.org/team/database:1', undefined, '/home/workspace'],
  ['alpine:3', undefined, '/home/workspace'],
  ['docker.io/codercom/code-server:4', '/data', '/data'],
])('%s with mountPath %s has its home at %s', (image, mountPath, path) => {
  expect(homePath({ image, home: mountPath === undefined ? {} : { mountPath } })).toBe(path);
});

test('a workspace without a home mounts none', () => {
  expect(homeVolume(aWorkspace())).toBeUndefined();
});

test('a workspace with one mounts the claim of its name', () => {
  expect(homeVolume(aWorkspace({ home: { mountPath: '/work' } }))).toEqual({
    volumes: [{ name: 'home', persistentVolumeClaim: { claimName: 'ws-home' } }],
    volumeMounts: [{ name: 'home', mountPath: '/work' }],
  });
});
