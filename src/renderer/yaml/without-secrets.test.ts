import { expect, test } from 'vitest';
import { workspacePatchSchema } from '#contract/workspace-patch.ts';
import { parse } from 'yaml';
import { withoutSecrets } from './without-secrets.ts';

const spec = (env: string): string => `labels: {}\nspec:\n  image: a/b:1\n  env:\n${env}  mode: Running\n`;

test.each<[string, string, string | undefined]>([
  ['nothing secret', '    EDITOR: vi\n', '    EDITOR: vi\n'],
  ['a secret by its name', '    DB_PASSWORD: hunter2\n', '    DB_PASSWORD: []\n'],
  ['quoted', '    "API_KEY": "hunter2"\n', '    "API_KEY": []\n'],
  ['by what it is', '    URL: pg://me:hunter2@db\n', '    URL: []\n'],
  ['over several lines', '    SSH_KEY: |\n      hunter2\n\n      more\n    B: b\n', '    SSH_KEY: []\n    B: b\n'],
  [
    'several lines that tell',
    '    A: |\n      -----BEGIN PRIVATE KEY-----\n      hunter2\n    B: b\n',
    '    A: |\n    B: b\n',
  ],
  ['in one line', '    {DB_PASSWORD: hunter2}\n', undefined],
  ['an argument', '    A: a\n  args:\n    - --password=hunter2\n    - b\n', '    A: a\n  args:\n'],
])('%s', (_what, env, kept) => {
  const written = withoutSecrets(spec(env));
  expect(written).toBe(kept === undefined ? undefined : spec(kept));
  expect(written ?? '').not.toContain('hunter2');
});

test('a text that is no YAML yet goes by its lines', () => {
  const half = '  env:\n    DB_PASSWORD: hunter2\n    A: "half';
  expect(withoutSecrets(half)).toBe('  env:\n    DB_PASSWORD: []\n    A: "half');
});

test('what was cut cannot be saved', () => {
  const { labels, spec: cut } = parse(withoutSecrets(spec('    TOKEN: hunter2\n')) ?? '') as Record<string, unknown>;
  expect(workspacePatchSchema.safeParse({ labels, spec: cut }).success).toBe(false);
});
