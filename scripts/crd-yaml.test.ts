import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { crdFile, crdFileContent } from './crd-yaml.ts';

test('the CRD file is what the schema says', async () => {
  expect(await readFile(crdFile, 'utf8'), 'crds/ is out of step with src/contract: run `npm run generate:crd`').toBe(
    crdFileContent(),
  );
});
