import type { V1Ingress, V1Service } from '@kubernetes/client-node';
import type { Failure } from '#contract/workspace.ts';
import type { FailureEntry } from './rule.ts';

/** How it stands with the way from outside the cluster to a workspace. */
export interface ExposureEvidence {
  service?: V1Service | undefined;
  ingress?: V1Ingress | undefined;
  /** Names that the Ingress mentions and the cluster does not have; looked up only while it has an Ingress. */
  missing?: { ingressClass?: string | undefined; tlsSecret?: string | undefined } | undefined;
}

export interface ExposureFinding {
  failure: Failure;
  /** Milliseconds since the epoch; 0 for at once. */
  tellAt: number;
}

interface ExposureRule extends FailureEntry {
  explain: (evidence: ExposureEvidence) => { message: string; since?: Date | undefined } | undefined;
  /** How long it may take before it is said, in milliseconds after `since`. */
  tellMs: number;
}

const hasAddress = (status: { loadBalancer?: { ingress?: readonly unknown[] } } | undefined): boolean =>
  (status?.loadBalancer?.ingress ?? []).length > 0;

const rules: readonly ExposureRule[] = [
  {
    reason: 'LoadBalancerPending',
    means: 'The workspace asks for a load balancer, and nobody in the cluster gives it an address.',
    remedy:
      'Have a load balancer controller installed (MetalLB, the cloud’s own) with free addresses, or set spec.exposure.type to ClusterIP; GuildNet’s own proxy reaches it all the same.',
    tellMs: 10_000,
    explain: ({ service }) =>
      service?.spec?.type === 'LoadBalancer' && !hasAddress(service.status)
        ? {
            message: 'The load balancer of the workspace has no address yet.',
            since: service.metadata?.creationTimestamp,
          }
        : undefined,
  },
  {
    reason: 'IngressClassMissing',
    means: 'The Ingress class that the workspace shall be served by does not exist in the cluster.',
    remedy: 'Set spec.exposure.ingressClass or INGRESS_CLASS_NAME to one that exists: kubectl get ingressclass.',
    tellMs: 0,
    explain: ({ missing }) =>
      missing?.ingressClass === undefined
        ? undefined
        : { message: `There is no Ingress class "${missing.ingressClass}", so nobody serves the workspace's Ingress.` },
  },
  {
    reason: 'TlsSecretPending',
    means: 'The certificate for the workspace’s Ingress has not been issued.',
    remedy:
      'Look at the certificate: kubectl describe certificate; cert-manager has to run and its issuer (CERT_MANAGER_ISSUER) to be ready.',
    tellMs: 10_000,
    explain: ({ ingress, missing }) =>
      missing?.tlsSecret === undefined
        ? undefined
        : {
            message: `The certificate of the workspace's Ingress is not there yet (Secret "${missing.tlsSecret}").`,
            since: ingress?.metadata?.creationTimestamp,
          },
  },
  {
    reason: 'IngressNotServed',
    means: 'No Ingress controller has taken the workspace’s Ingress up, although its class exists.',
    remedy:
      'See that the controller of that class runs and watches this namespace; some controllers never say that they do.',
    tellMs: 30_000,
    explain: ({ ingress }) =>
      ingress !== undefined && !hasAddress(ingress.status)
        ? {
            message: `No Ingress controller has confirmed the workspace's Ingress (class "${ingress.spec?.ingressClassName ?? ''}").`,
            since: ingress.metadata?.creationTimestamp,
          }
        : undefined,
  },
];

export const exposureFailures: readonly FailureEntry[] = rules;

/** Why the workspace is not reached from outside as it shall be. It may run nevertheless. */
export function explainExposure(evidence: ExposureEvidence): ExposureFinding | undefined {
  for (const { reason, remedy, tellMs, explain } of rules) {
    const found = explain(evidence);
    if (found === undefined) continue;
    const tellAt = found.since === undefined ? 0 : found.since.getTime() + tellMs;
    return { failure: { reason, message: found.message, remedy }, tellAt };
  }
  return undefined;
}
