import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { Job } from '#contract/server.ts';
import { newWorkspace } from './new-workspace.ts';

function refusal(job: Job): GuildNetError {
  try {
    newWorkspace(job);
  } catch (error) {
    if (error instanceof GuildNetError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

test('an image is enough; the name comes from it', () => {
  expect(newWorkspace({ image: ' ghcr.io/owner/Code_Server:1.2 '.replace('Code_S', 'code_s') })).toEqual({
    base: 'code-server',
    labels: {},
    spec: { image: 'ghcr.io/owner/code_server:1.2' },
  });
});

test('everything asked for arrives in the spec', () => {
  expect(
    newWorkspace({
      image: 'a/b',
      name: ' my-box ',
      args: ['--x', ''],
      env: { A: '1', B: '' },
      resources: { cpu: '500m', memory: '' },
      labels: { team: 'x' },
      expose: [{ port: 8080, name: 'Web' }, { port: 9000 }],
    }),
  ).toEqual({
    base: 'my-box',
    labels: { team: 'x' },
    spec: {
      image: 'a/b',
      args: ['--x', ''],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '' },
      ],
      resources: { requests: { cpu: '500m' }, limits: { cpu: '500m' } },
      ports: [{ containerPort: 8080, name: 'web' }, { containerPort: 9000 }],
    },
  });
});

test('blank env entries are dropped, as the specification says', () => {
  const env = [
    { name: '', value: '' },
    { name: ' ', value: '  ' },
    { name: ' A ', value: ' kept ' },
  ];
  expect(newWorkspace({ image: 'a', env }).spec.env).toEqual([{ name: 'A', value: ' kept ' }]);
  expect(newWorkspace({ image: 'a', env: { '': '' } }).spec).toEqual({ image: 'a' });
});

describe('bad input is refused, naming the field, the cause and the remedy', () => {
  const rows: [string, Job, string, RegExp][] = [
    ['an empty image', { image: '' }, 'image', /empty/],
    ['a blank image', { image: '  ' }, 'image', /empty/],
    ['an image with spaces', { image: 'code server' }, 'image', /white space/],
    ['an image that is a URL', { image: 'https://ghcr.io/a/b' }, 'image', /URL/],
    ['an image with capitals', { image: 'ghcr.io/A/b' }, 'image', /capital/],
    ['a name with capitals', { image: 'a', name: 'MyBox' }, 'name', /"MyBox" is not usable/],
    ['a name of 300 characters', { image: 'a', name: 'a'.repeat(300) }, 'name', /300 characters; 49/],
    ['a name with a dot', { image: 'a', name: 'a.b' }, 'name', /not usable/],
    [
      'env without a name, in a list',
      {
        image: 'a',
        env: [
          { name: 'A', value: '1' },
          { name: '', value: 'hush' },
        ],
      },
      'env[1].name',
      /entry 2 has a value but no name/,
    ],
    [
      'env without a name, in a map',
      { image: 'a', env: { '': 'hush' } },
      'env[0].name',
      /entry 1 has a value but no name/,
    ],
    ['env with an impossible name', { image: 'a', env: { '1 A': 'hush' } }, 'env[0].name', /"1 A"/],
    [
      'env twice',
      {
        image: 'a',
        env: [
          { name: 'A', value: '1' },
          { name: 'A ', value: '2' },
        ],
      },
      'env[1].name',
      /A is given twice/,
    ],
    [
      'memory that is none',
      { image: 'a', resources: { memory: '4 gigs' } },
      'resources.memory',
      /"4 gigs" is not an amount of memory/,
    ],
    ['a port twice', { image: 'a', expose: [{ port: 80 }, { port: 80 }] }, 'expose[1]', /80 is listed twice/],
    ['a port name that is none', { image: 'a', expose: [{ port: 80, name: 'a name' }] }, 'expose[0]', /"a name"/],
    [
      "GuildNet's own label",
      { image: 'a', labels: { 'guildnet.io/id': 'x' } },
      'labels.guildnet.io/id',
      /GuildNet's own/,
    ],
    [
      'a label that Kubernetes acts on',
      { image: 'a', labels: { 'applyset.kubernetes.io/part-of': 'x' } },
      'labels.applyset.kubernetes.io/part-of',
      /Kubernetes's own/,
    ],
    ['a pull policy that is none', { image: 'a', imagePullPolicy: 'always' }, 'imagePullPolicy', /no pull policy/],
    ['a label that is none', { image: 'a', labels: { 'a b': 'x' } }, 'labels.a b', /not valid/],
  ];
  test.each(rows)('%s', (_what, job, field, message) => {
    const error = refusal(job);
    expect(error.code).toBe('invalid_spec');
    expect(error.message).toMatch(message);
    expect(error.details['field']).toBe(field);
    expect(error.remedy).toBeTruthy();
    expect(JSON.stringify({ message: error.message, details: error.details })).not.toContain('hush');
  });
});
