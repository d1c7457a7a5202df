import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadContexts } from './load.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-contexts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('all contexts are told, in order, across files, and what is broken in one spoils no other', async () => {
  const [first, second] = [join(folder, 'a'), join(folder, 'b')];
  await writeFile(
    first,
    `clusters: [{name: one, cluster: {server: "https://user:pw@one.example:6443/path"}}]
contexts:
  - {name: one, context: {cluster: one, namespace: dev}}
  - {name: broken, context: {cluster: nowhere}}
current-context: one
`,
  );
  await writeFile(
    second,
    'clusters: [{name: two, cluster: {server: "https://10.0.0.1"}}]\ncontexts: [{name: "arn:aws:eks:x/two", context: {cluster: two}}]\n',
  );
  expect(await loadContexts([first, second, join(folder, 'absent')].join(delimiter))).toEqual([
    { name: 'one', server: 'https://one.example:6443', namespace: 'dev', selected: true },
    { name: 'broken', selected: false },
    { name: 'arn:aws:eks:x/two', server: 'https://10.0.0.1', selected: false },
  ]);
});
