// Writes the chart and the manifest of a host in a pod, from one source: `npm run generate:deploy`.
import { mkdir, writeFile } from 'node:fs/promises';
import { deployFiles } from './deploy/deploy-files.ts';

for (const [file, content] of deployFiles()) {
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, content);
  process.stdout.write(`wrote ${file.pathname}\n`);
}
