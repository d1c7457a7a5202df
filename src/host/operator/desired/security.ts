import type { V1PodSecurityContext, V1SecurityContext } from '@kubernetes/client-node';

/** The user and group that workspaces run as, and that their volumes belong to. */
export const workspaceUid = 1000;

/** Specification, "Operator Defaults & Hardening", security context, the pod's part; what `restricted` Pod Security asks for. */
export function podSecurityContext(): V1PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: workspaceUid,
    runAsGroup: workspaceUid,
    fsGroup: workspaceUid,
    // Without this the kubelet walks the whole home volume at every start.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The container's part: no way to gain privileges, and none to begin with. */
export function containerSecurityContext(): V1SecurityContext {
  return { allowPrivilegeEscalation: false, privileged: false, capabilities: { drop: ['ALL'] } };
}
