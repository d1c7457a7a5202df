import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';

/** How a workspace is reached beside GuildNet's own proxy. */
export type Exposure =
  | { type: 'ClusterIP' }
  | { type: 'LoadBalancer'; pool?: string | undefined }
  | { type: 'Ingress'; domain: string; ingressClass: string; tlsIssuer?: string | undefined };

/**
 * Specification, "Operator Defaults & Hardening", service and Ingress: `spec.exposure` decides; without it `WORKSPACE_LB` makes
 * a load balancer, `WORKSPACE_DOMAIN` without one an Ingress of class `INGRESS_CLASS_NAME`, certified by `CERT_MANAGER_ISSUER`.
 * An Ingress without any domain, which the API server refuses and an older CRD lets through, is none.
 */
export function exposureOf(spec: Pick<WorkspaceSpec, 'exposure'>, config: OperatorConfig): Exposure {
  const own = spec.exposure;
  const type =
    own?.type ?? (config.loadBalancer ? 'LoadBalancer' : config.domain === undefined ? 'ClusterIP' : 'Ingress');
  if (type === 'LoadBalancer') return { type, pool: config.loadBalancerPool };
  const domain = own?.domain ?? config.domain;
  if (type === 'ClusterIP' || domain === undefined) return { type: 'ClusterIP' };
  return {
    type,
    domain,
    ingressClass: own?.ingressClass ?? config.ingressClass,
    tlsIssuer: own?.tlsIssuer ?? config.certIssuer,
  };
}

/** The host name that an Ingress gives a workspace. */
export function ingressHost({ metadata }: Pick<Workspace, 'metadata'>, domain: string): string {
  return `${metadata.name}.${domain}`;
}
