import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { rbacFile, rbacFileContent } from './rbac-yaml.ts';

test('the RBAC file is what the rules say', async () => {
  expect(await readFile(rbacFile, 'utf8'), 'crds/ is out of step with src/host: run `npm run generate:crd`').toBe(
    rbacFileContent(),
  );
});
