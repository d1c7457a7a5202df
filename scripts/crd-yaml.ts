import { crdYaml } from '#host/operator/crd-yaml.ts';

/** Where the generated CRD lies for those who install it by hand. */
export const crdFile = new URL('../crds/guildnet.io_workspaces.yaml', import.meta.url);

const note = '# Generated from src/contract/workspace.ts by `npm run generate:crd`. Do not edit.\n';

/** The CRD file's exact content. */
export function crdFileContent(): string {
  return note + crdYaml();
}
