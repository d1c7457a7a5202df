import { describe, expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { operatorConfigFromEnv } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { ingress } from './ingress.ts';

// Specification, "Operator Defaults & Hardening", Optional Ingress.

const domain = { WORKSPACE_DOMAIN: 'dev.example' };
const ingressOf = (env: NodeJS.ProcessEnv, spec: Partial<WorkspaceSpec> = {}) =>
  ingress(aWorkspace(spec), operatorConfigFromEnv(env));
const nginx = (name: string): string => `nginx.ingress.kubernetes.io/${name}`;

describe('the Ingress', () => {
  test('leads from <id>.<domain> to the port that the proxy would take', () => {
    expect(ingressOf(domain)).toMatchObject({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'ws', labels: { 'guildnet.io/id': 'ws' }, ownerReferences: [{ uid: 'uid-ws' }] },
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'ws.dev.example',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'ws', port: { name: 'http' } } } }],
            },
          },
        ],
      },
    });
  });

  test('keeps quiet connections for an hour, and takes large files', () => {
    expect(ingressOf(domain)?.metadata?.annotations).toEqual({
      [nginx('proxy-read-timeout')]: '3600',
      [nginx('proxy-send-timeout')]: '3600',
      [nginx('proxy-body-size')]: '0',
    });
  });

  test('asks the issuer for a certificate in workspace-<id>-tls', () => {
    const made = ingressOf({ ...domain, CERT_MANAGER_ISSUER: 'letsencrypt' });
    expect(made?.metadata?.annotations).toMatchObject({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
    expect(made?.spec?.tls).toEqual([{ hosts: ['ws.dev.example'], secretName: 'workspace-ws-tls' }]);
    expect(ingressOf(domain)?.spec).not.toHaveProperty('tls');
  });

  test('has nginx ask INGRESS_AUTH_URL and send people to INGRESS_AUTH_SIGNIN', () => {
    const auth = {
      INGRESS_AUTH_URL: 'https://auth.example/check',
      INGRESS_AUTH_SIGNIN: 'https://auth.example/?rd=$uri',
    };
    expect(ingressOf({ ...domain, ...auth })?.metadata?.annotations).toMatchObject({
      [nginx('auth-url')]: auth.INGRESS_AUTH_URL,
      [nginx('auth-signin')]: auth.INGRESS_AUTH_SIGNIN,
    });
  });

  test('speaks TLS to a workspace that has nothing else', () => {
    const made = ingressOf(domain, { ports: [{ containerPort: 8443 }] });
    expect(made?.metadata?.annotations).toMatchObject({ [nginx('backend-protocol')]: 'HTTPS' });
  });

  test.for<[string, NodeJS.ProcessEnv, Partial<WorkspaceSpec>]>([
    ['without a domain', {}, {}],
    ['with a load balancer', { ...domain, WORKSPACE_LB: '1' }, {}],
    ['where the workspace wants none', domain, { exposure: { type: 'ClusterIP' } }],
    ['to what speaks UDP only', domain, { ports: [{ containerPort: 53, protocol: 'UDP' }] }],
  ])('is none %s', ([, env, spec]) => expect(ingressOf(env, spec)).toBeUndefined());
});
