import { describe, expect, test } from 'vitest';
import type { Job } from '#contract/server.ts';
import { parseEnvLines } from './env-lines.ts';
import { emptyForm, toJob, type EnvRow, type LaunchForm } from './form-model.ts';
import { hasProblems, problemsOf } from './form-problems.ts';

const form = (more: Partial<LaunchForm>): LaunchForm => ({ ...emptyForm, image: 'busybox', ...more });

describe('the request of a form', () => {
  const cases: Array<[string, LaunchForm, Job]> = [
    ['only an image', form({ image: '  ghcr.io/a/b:1 ' }), { image: 'ghcr.io/a/b:1' }],
    ['with a home in any case', form({ home: 'yes' }), { image: 'busybox', home: {} }],
    ['with a larger home', form({ homeSize: ' 20Gi ' }), { image: 'busybox', home: { size: '20Gi' } }],
    [
      'without a home, whatever size was typed',
      form({ home: 'no', homeSize: '20Gi' }),
      { image: 'busybox', home: false },
    ],
    [
      'that is asked for another page',
      form({ probePath: ' /health ' }),
      { image: 'busybox', probe: { kind: 'http', path: '/health' } },
    ],
    [
      'that is asked for nothing, whatever path was typed',
      form({ probe: 'tcp', probePath: '/health' }),
      { image: 'busybox', probe: { kind: 'tcp' } },
    ],
    ['with a name', form({ name: ' dev ' }), { image: 'busybox', name: 'dev' }],
    [
      'variables keep the spaces of their values, blank rows are dropped',
      form({
        env: [
          { name: ' A ', value: ' x ' },
          { name: '', value: ' ' },
          { name: 'B', value: '' },
        ],
      }),
      {
        image: 'busybox',
        env: [
          { name: 'A', value: ' x ' },
          { name: 'B', value: '' },
        ],
      },
    ],
    [
      'ports are numbers',
      form({
        ports: [
          { port: '8080', name: 'http' },
          { port: '9000', name: '' },
          { port: '', name: '' },
        ],
      }),
      { image: 'busybox', expose: [{ port: 8080, name: 'http' }, { port: 9000 }] },
    ],
  ];
  test.each(cases)('%s', (_name, input, job) => {
    expect(hasProblems(problemsOf(input))).toBe(false);
    expect(toJob(input)).toEqual(job);
  });
});

describe('what is wrong with a form', () => {
  const env = (...rows: Array<[string, string]>): LaunchForm =>
    form({ env: rows.map(([name, value]) => ({ name, value })) });
  const ports = (...rows: Array<[string, string]>): LaunchForm =>
    form({ ports: rows.map(([port, name]) => ({ port, name })) });

  test.each([
    ['no image', form({ image: '' }), 'image', /empty/],
    ['white space in the image', form({ image: 'a b' }), 'image', /white space/],
    ['capitals in the image', form({ image: 'ghcr.io/A/b' }), 'image', /capital/],
    ['a URL for an image', form({ image: 'https://ghcr.io/a' }), 'image', /URL/],
    ['capitals in the name', form({ name: 'Dev' }), 'name', /"dev"/],
    ['a home that is no path', form({ homePath: 'home' }), 'homePath', /absolute path/],
    ['a path without its slash', form({ probePath: 'health' }), 'probePath', /\/health/],
    ['a name of 300 characters', form({ name: 'a'.repeat(300) }), 'name', /300 characters/],
  ] as const)('%s', (_name, input, field, words) => {
    expect(problemsOf(input)[field]).toMatch(words);
    expect(hasProblems(problemsOf(input))).toBe(true);
  });

  test.each([
    ['a value without a name', env(['', 'x']), 'env', 0, /needs a name/],
    ['a digit in front', env(['A', '1'], ['1A', '']), 'env', 1, /cannot be a variable/],
    ['a name twice', env(['A', '1'], ['A', '2']), 'env', 1, /set twice/],
    ['a port in words', ports(['http', '']), 'ports', 0, /whole number/],
    ['a name without a port', ports(['', 'http']), 'ports', 0, /whole number/],
    ['port 0', ports(['0', '']), 'ports', 0, /1 to 65535/],
    ['a port too large', ports(['65536', '']), 'ports', 0, /1 to 65535/],
    ['half a port', ports(['80.5', '']), 'ports', 0, /whole number/],
    ['a port twice', ports(['80', ''], ['080', '']), 'ports', 1, /listed twice/],
    ['a port name too long', ports(['80', 'a'.repeat(16)]), 'ports', 0, /at most 15/],
    ['a port name twice', ports(['80', 'web'], ['81', 'web']), 'ports', 1, /named "web"/],
  ] as const)('%s', (_name, input, field, row, words) => {
    expect(problemsOf(input)[field][row]).toMatch(words);
    expect(hasProblems(problemsOf(input))).toBe(true);
  });
});

describe('what a workspace gets of its node', () => {
  test('is told as requests and limits, and stays out of the request where nothing is said', () => {
    expect(toJob(form({ image: 'a', cpu: ' 250m ', memoryLimit: '4Gi' }))).toEqual({
      image: 'a',
      resources: { requests: { cpu: '250m' }, limits: { memory: '4Gi' } },
    });
    expect(toJob(form({ image: 'a', pullPolicy: 'Never' }))).toEqual({ image: 'a', imagePullPolicy: 'Never' });
    expect(toJob(form({ image: 'a', homePath: '/data' }))).toEqual({ image: 'a', home: { mountPath: '/data' } });
  });
  test.each(['cpu', 'cpuLimit', 'memory', 'memoryLimit'] as const)('%s is an amount', (field) => {
    expect(problemsOf(form({ [field]: 'lots' })).resources[field]).toMatch(/not an amount/);
    expect(hasProblems(problemsOf(form({ [field]: '1.5' })))).toBe(false);
  });
});

describe('pasted variables', () => {
  const cases: Array<[string, string, EnvRow[] | undefined]> = [
    ['one assignment', 'A=1', [{ name: 'A', value: '1' }]],
    [
      'an env file',
      '# my file\nexport A="x y"\r\n\nB=\'q\'\nC=a=b\nD=',
      [
        { name: 'A', value: 'x y' },
        { name: 'B', value: 'q' },
        { name: 'C', value: 'a=b' },
        { name: 'D', value: '' },
      ],
    ],
    ['a plain name', 'PATH', undefined],
    ['prose', 'A=1\nand more', undefined],
    ['nothing', '', undefined],
  ];
  test.each(cases)('%s', (_name, text, rows) => {
    expect(parseEnvLines(text)).toEqual(rows);
  });
});
