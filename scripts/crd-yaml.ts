import { stringify } from 'yaml';
import { workspaceCrd } from '#contract/crd.ts';

/** Where the generated CRD lies for those who install it by hand. */
export const crdFile = new URL('../crds/guildnet.io_workspaces.yaml', import.meta.url);

/** The CRD file's exact content. */
export function crdYaml(): string {
  const note = '# Generated from src/contract/workspace.ts by `npm run generate:crd`. Do not edit.\n';
  return note + stringify(workspaceCrd(), { lineWidth: 0, aliasDuplicateObjects: false });
}
