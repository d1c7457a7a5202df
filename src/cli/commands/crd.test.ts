import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { guildnet } from '#test/cli/run.ts';

test('crd prints the manifest that crds/ holds', async () => {
  const file = await readFile(new URL('../../../crds/guildnet.io_workspaces.yaml', import.meta.url), 'utf8');
  const { code, stdout } = await guildnet('crd');
  expect(code).toBe(0);
  expect(file.endsWith(stdout)).toBe(true);
  expect(JSON.parse((await guildnet('crd', '--json')).stdout)).toEqual(parse(stdout));
});
