import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { crdFiles } from './crd-yaml.ts';

test.each(crdFiles())('%s is what the schema says', async (file, content) => {
  expect(await readFile(file, 'utf8'), 'crds/ is out of step with src/contract: run `npm run generate:crd`').toBe(
    content,
  );
});
