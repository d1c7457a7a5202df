import { expect, test } from 'vitest';
import { shownArguments, shownEnv, withoutSecrets } from './hidden-values.ts';

const env = [
  { name: 'A', value: '1' },
  { name: 'EMPTY' },
  { name: 'PASSWORD', value: 'hunter2-hunter2' },
  { name: 'API_TOKEN', value: 'hunter2' },
  { name: 'SHORT_KEY', value: 'abc' },
  { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
];

test('secret variables and those from elsewhere are named, and only the others are shown', () => {
  expect(shownEnv(env)).toEqual({
    plain: { A: '1', EMPTY: '' },
    hidden: ['PASSWORD', 'API_TOKEN', 'SHORT_KEY', 'NODE'],
  });
  expect(shownEnv(undefined)).toEqual({ plain: {}, hidden: [] });
});

test('a text loses the secret values, the longest first', () => {
  const clean = withoutSecrets(env);
  expect(clean('login with hunter2-hunter2 or hunter2 failed: abc 1')).toBe('login with ••• or ••• failed: abc 1');
});

test.each([
  [
    ['--auth', 'none', '-v'],
    ['--auth', '•••', '-v'],
  ],
  [['--password=abc'], ['--password=•••']],
  [
    ['--NotebookApp.token', 'abc', 'x'],
    ['--NotebookApp.token', '•••', 'x'],
  ],
  [["--NotebookApp.token=''"], ['--NotebookApp.token=•••']],
  [['--NotebookApp.token='], ['--NotebookApp.token=']],
  [
    ['--db', 'postgres://u:p@h/d'],
    ['--db', '•••'],
  ],
  [
    ['--token', '--port=1', '--bind-addr', '0.0.0.0:8080'],
    ['--token', '--port=1', '--bind-addr', '0.0.0.0:8080'],
  ],
  [
    ['echo', 'key', 'value'],
    ['echo', 'key', 'value'],
  ],
])('%j is shown as %j', (args, shown) => {
  expect(shownArguments(args)).toEqual(shown);
});
