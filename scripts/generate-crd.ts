// Writes crds/guildnet.io_workspaces.yaml from the contract's schemas: `npm run generate:crd`.
import { writeFile } from 'node:fs/promises';
import { crdFile, crdYaml } from './crd-yaml.ts';

await writeFile(crdFile, crdYaml());
process.stdout.write(`wrote ${crdFile.pathname}\n`);
