import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { guildnet } from '#test/cli/run.ts';

test('crd prints the manifests that crds/ holds', async () => {
  const files = ['workspaces', 'capabilities'].map((name) =>
    readFile(new URL(`../../../crds/guildnet.io_${name}.yaml`, import.meta.url), 'utf8'),
  );
  const { code, stdout } = await guildnet('crd');
  expect(code).toBe(0);
  const bodies = (await Promise.all(files)).map((file) => file.replace(/^#.*\n/, ''));
  expect(stdout).toBe(bodies.join('---\n'));
  const items = parseAllDocuments(stdout).map((document) => document.toJS() as unknown);
  expect(JSON.parse((await guildnet('crd', '--json')).stdout)).toEqual({ apiVersion: 'v1', kind: 'List', items });
});
