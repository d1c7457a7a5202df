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

const home = (spec: Parameters<typeof aWorkspace>[0]) => homeVolume(aWorkspace(spec));
const claim = { name: 'home', persistentVolumeClaim: { claimName: 'ws-home' } };
const own = (value: string) => ({ env: [{ name: 'HOME', value }] });

test('HOME is the home volume', () => {
  expect(home({ home: { mountPath: '/work' } })).toEqual({
    volumes: [claim],
    volumeMounts: [{ name: 'home', mountPath: '/work' }],
    variables: [{ name: 'HOME', value: '/work' }],
  });
});

test('without a volume it is a folder that can be written and goes with the pod', () => {
  expect(home({})).toEqual({
    volumes: [{ name: 'home', emptyDir: {} }],
    volumeMounts: [{ name: 'home', mountPath: '/home/workspace' }],
    variables: [{ name: 'HOME', value: '/home/workspace' }],
  });
});

test.for([
  ['a HOME of its own without a volume is left alone', own('/home/dev'), undefined, []],
  ['a HOME of its own is where the volume goes', { ...own('/home/dev'), home: {} }, '/home/dev', []],
  ['unless that is said', { ...own('/home/dev'), home: { mountPath: '/data' } }, '/data', []],
  ['one that cannot be mounted at is left alone', { ...own('/'), home: {} }, '/home/workspace', []],
  ['so is one that goes up', { ...own('/home/../etc'), home: {} }, '/home/workspace', []],
  ['and one that is yet to be made', { ...own('/home/$(USER)'), home: {} }, '/home/workspace', []],
  ['an empty one is none', { ...own(''), home: {} }, '/home/workspace', [{ name: 'HOME', value: '/home/workspace' }]],
] as const)('%s', ([, { env, ...spec }, path, variables]) => {
  const found = home({ ...spec, env: [...env] });
  expect(found.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(path === undefined ? [] : [path]);
  expect(found.variables).toEqual(variables);
});
