import type { V1Service } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { operatorConfigFromEnv } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { desired } from './desired.ts';
import { externalUrl } from './external-url.ts';

// Specification, "Server Listing & Logs", URL.

const urlOf = (
  env: NodeJS.ProcessEnv,
  spec: Partial<WorkspaceSpec> = {},
  entry?: { ip?: string; hostname?: string },
): string | undefined => {
  const [workspace, config] = [aWorkspace(spec), operatorConfigFromEnv(env)];
  const service: V1Service = {
    ...desired(workspace, config).service,
    ...(entry === undefined ? {} : { status: { loadBalancer: { ingress: [entry] } } }),
  };
  return externalUrl(workspace, config, service);
};
const balanced = { WORKSPACE_LB: '1' };

describe('the URL from outside', () => {
  test.for<[string, string | undefined, Parameters<typeof urlOf>]>([
    ['is none in the cluster only', undefined, [{}]],
    ['is that of the Ingress', 'https://ws.dev.example/', [{ WORKSPACE_DOMAIN: 'dev.example' }]],
    ['is none before the load balancer has an address', undefined, [balanced]],
    ['has its address, and TLS first', 'https://192.0.2.7:8443/', [balanced, {}, { ip: '192.0.2.7' }]],
    ['has its name', 'https://lb.example:8443/', [balanced, {}, { hostname: 'lb.example' }]],
    ['has brackets around IPv6', 'https://[2001:db8::1]:8443/', [balanced, {}, { ip: '2001:db8::1' }]],
    [
      'is 8080 where there is no TLS',
      'http://192.0.2.7:8080/',
      [balanced, { ports: [{ containerPort: 3000 }, { containerPort: 8080 }] }, { ip: '192.0.2.7' }],
    ],
    [
      'is 443 before 8080',
      'https://192.0.2.7:443/',
      [balanced, { ports: [{ containerPort: 8080 }, { containerPort: 443 }] }, { ip: '192.0.2.7' }],
    ],
    [
      'is the first port otherwise',
      'http://192.0.2.7:3000/',
      [balanced, { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 3000 }] }, { ip: '192.0.2.7' }],
    ],
    [
      'follows the workspace’s own wish',
      'https://ws.own.example/',
      [balanced, { exposure: { type: 'Ingress', domain: 'own.example' } }],
    ],
  ])('%s', ([, url, args]) => expect(urlOf(...args)).toBe(url));
});
