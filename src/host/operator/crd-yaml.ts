import { stringify } from 'yaml';
import { workspaceCrd } from '#contract/crd.ts';

/** The Workspace's CustomResourceDefinition as a manifest for `kubectl apply`. */
export function crdYaml(): string {
  return stringify(workspaceCrd(), { lineWidth: 0, aliasDuplicateObjects: false });
}
