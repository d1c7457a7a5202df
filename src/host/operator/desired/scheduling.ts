import type { V1Toleration } from '@kubernetes/client-node';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { plain } from './plain.ts';

/**
 * Specification, "Operator Defaults & Hardening", scheduling: single-node development clusters keep the control-plane
 * taint, so it is tolerated; the list is written as a whole each time, so that drift does not pile up.
 */
export function tolerations(spec: WorkspaceSpec): V1Toleration[] {
  const controlPlane: V1Toleration = {
    key: 'node-role.kubernetes.io/control-plane',
    operator: 'Exists',
    effect: 'NoSchedule',
  };
  const others = plain(spec.tolerations ?? []).filter(
    (one) => one.key !== controlPlane.key || one.effect !== controlPlane.effect,
  );
  return [controlPlane, ...others];
}
