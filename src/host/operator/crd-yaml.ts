import { stringify } from 'yaml';
import { capabilityCrd } from '#contract/capability-crd.ts';
import { workspaceCrd } from '#contract/crd.ts';
import type { JsonObject } from '#contract/json-schema.ts';

/** All of our CustomResourceDefinitions. */
export const ourCrds = (): JsonObject[] => [workspaceCrd(), capabilityCrd()];

/** CustomResourceDefinitions as a manifest for `kubectl apply`; all of ours unless given. */
export function crdYaml(crds: readonly JsonObject[] = ourCrds()): string {
  return crds.map((crd) => stringify(crd, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}
