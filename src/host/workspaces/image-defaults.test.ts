import { expect, test } from 'vitest';
import type { Preset } from '#contract/image-defaults.ts';
import { publicPresets } from '../config/presets.ts';
import { shownDefaults } from './image-defaults.ts';
import { newWorkspace } from './new-workspace.ts';

const presets: Preset[] = [
  {
    label: 'Lab',
    image: 'team/lab:1',
    ports: [{ port: 3000, name: 'web' }, { port: 9000 }],
    args: ['serve'],
    env: { THEME: 'dark', LEVEL: '1' },
    home: { mountPath: '/home/lab' },
    probe: { kind: 'slow', path: '/health' },
  },
];

test('a launch by its image alone has all that the preset says', () => {
  expect(newWorkspace({ image: 'team/lab:1' }, presets).spec).toEqual({
    image: 'team/lab:1',
    args: ['serve'],
    env: [
      { name: 'THEME', value: 'dark' },
      { name: 'LEVEL', value: '1' },
    ],
    ports: [{ containerPort: 3000, name: 'web' }, { containerPort: 9000 }],
    home: { mountPath: '/home/lab' },
    probe: { kind: 'slow', path: '/health' },
  });
});

test('what the launch says wins, variable by variable', () => {
  const job = {
    image: 'team/lab:1',
    args: ['other'],
    env: { LEVEL: '2' },
    expose: [{ port: 80 }],
    probe: { kind: 'tcp' },
    home: false as const,
  };
  expect(newWorkspace(job, presets).spec).toEqual({
    image: 'team/lab:1',
    args: ['other'],
    env: [
      { name: 'LEVEL', value: '2' },
      { name: 'THEME', value: 'dark' },
    ],
    ports: [{ containerPort: 80 }],
    probe: { kind: 'tcp' },
  });
});

test.for([
  ['our own preset', 'quay.io/jupyter/base-notebook:2026-07-20', publicPresets],
  ['another tag of it', 'quay.io/jupyter/base-notebook:latest', publicPresets],
  ['any image that is Jupyter by its name', 'example.org/team/jupyterlab:4', []],
] as const)('Jupyter listens on 8888 and keeps its files: %s', ([, image, known]) => {
  expect(newWorkspace({ image }, known).spec).toMatchObject({
    ports: [{ containerPort: 8888, name: 'http' }],
    home: { mountPath: '/home/jovyan' },
  });
});

test.for([
  ['codercom/code-server:4', [8080], '/home/coder'],
  ['quay.io/jupyter/base-notebook:1', [8888], '/home/jovyan'],
  ['team/lab:1', [3000, 9000], '/home/lab'],
  ['alpine', [8080, 8443], '/home/workspace'],
] as const)('%s is shown with the ports %j and its home at %s', ([image, ports, path]) => {
  const shown = shownDefaults(image, presets);
  expect(shown.ports?.map(({ port }) => port)).toEqual(ports);
  expect(shown.home_path).toBe(path);
});
