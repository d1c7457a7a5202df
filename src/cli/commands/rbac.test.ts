import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { guildnet } from '#test/cli/run.ts';

const objectsIn = (text: string): unknown[] => parseAllDocuments(text).map((document) => document.toJS() as unknown);

test('rbac prints the manifest that crds/ holds', async () => {
  const file = await readFile(new URL('../../../crds/rbac.yaml', import.meta.url), 'utf8');
  const { code, stdout } = await guildnet('rbac');
  expect(code).toBe(0);
  expect(file.endsWith(stdout)).toBe(true);
  expect(JSON.parse((await guildnet('rbac', '--json')).stdout)).toEqual(objectsIn(stdout));
});

test.each([
  [[], { kind: 'ServiceAccount', name: 'guildnet', namespace: 'dev' }],
  [['--service-account', 'bot'], { kind: 'ServiceAccount', name: 'bot', namespace: 'dev' }],
  [['--user', 'jane@example.org'], { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane@example.org' }],
  [['--group', 'dev:all'], { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'dev:all' }],
])('rbac -n dev %j binds its roles to that subject', async (args, subject) => {
  const { stdout } = await guildnet('rbac', '-n', 'dev', ...args);
  const [, clusterBinding, role, binding] = objectsIn(stdout);
  for (const one of [clusterBinding, binding]) expect(one).toMatchObject({ subjects: [subject] });
  expect(role).toMatchObject({ metadata: { namespace: 'dev' } });
});

test.each([
  [['-n', 'Not A Name'], 'Use lower-case letters'],
  [['--user', 'a', '--group', 'b'], "cannot be used with option '--group"],
  [['--service-account', 'a', '--user', 'b'], "cannot be used with option '--user"],
])('rbac %j is wrong usage', async (args, words) => {
  const { code, stderr } = await guildnet('rbac', ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
