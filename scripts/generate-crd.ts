// Writes what an administrator installs by hand, from the sources that the host uses itself: `npm run generate:crd`.
import { writeFile } from 'node:fs/promises';
import { crdFiles } from './crd-yaml.ts';
import { rbacFile, rbacFileContent } from './rbac-yaml.ts';

for (const [file, content] of [...crdFiles(), [rbacFile, rbacFileContent()]] as const) {
  await writeFile(file, content);
  process.stdout.write(`wrote ${file.pathname}\n`);
}
