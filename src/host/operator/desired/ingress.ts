import type { V1Ingress } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { exposureOf, ingressHost } from './exposure.ts';
import { ownedMeta } from './ownership.ts';
import { containerPorts, proxyPort, schemeOf } from './ports.ts';

/** Specification, "Operator Defaults & Hardening": the Secret that cert-manager puts the certificate into. */
export function tlsSecretName(workspace: string): string {
  return `workspace-${workspace}-tls`;
}

/**
 * Specification, "Operator Defaults & Hardening", optional Ingress: host `<id>.<domain>` to the port that the proxy would take,
 * a certificate by cert-manager where there is an issuer, authentication by nginx where it is configured. Undefined when the
 * workspace is exposed in another way, or has no port that speaks TCP.
 */
export function ingress(workspace: Workspace, config: OperatorConfig): V1Ingress | undefined {
  const exposure = exposureOf(workspace.spec, config);
  const port = proxyPort(containerPorts(workspace.spec));
  if (exposure.type !== 'Ingress' || port === undefined) return undefined;
  const { name } = workspace.metadata;
  const host = ingressHost(workspace, exposure.domain);
  const service = { name, port: { name: port.name } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...ownedMeta(workspace),
      annotations: {
        ...nginxAnnotations(config, schemeOf(port)),
        ...(exposure.tlsIssuer === undefined ? {} : { 'cert-manager.io/cluster-issuer': exposure.tlsIssuer }),
      },
    },
    spec: {
      ingressClassName: exposure.ingressClass,
      ...(exposure.tlsIssuer === undefined ? {} : { tls: [{ hosts: [host], secretName: tlsSecretName(name) }] }),
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service } }] } }],
    },
  };
}

/** Other controllers ignore these. */
function nginxAnnotations(config: OperatorConfig, scheme: 'http' | 'https'): Record<string, string> {
  const nginx = 'nginx.ingress.kubernetes.io';
  return {
    // An IDE's WebSocket is quiet while its user thinks; nginx would cut it after a minute.
    [`${nginx}/proxy-read-timeout`]: '3600',
    [`${nginx}/proxy-send-timeout`]: '3600',
    // Files are uploaded through it; nginx would refuse those above a megabyte.
    [`${nginx}/proxy-body-size`]: '0',
    ...(scheme === 'https' ? { [`${nginx}/backend-protocol`]: 'HTTPS' } : {}),
    ...(config.ingressAuthUrl === undefined ? {} : { [`${nginx}/auth-url`]: config.ingressAuthUrl }),
    ...(config.ingressAuthSignin === undefined ? {} : { [`${nginx}/auth-signin`]: config.ingressAuthSignin }),
  };
}
