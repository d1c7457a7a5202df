import { describe, expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { operatorConfigFromEnv } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { desired } from './desired.ts';
import { exposureOf } from './exposure.ts';

// Specification, "Operator Defaults & Hardening", Service and Optional Ingress; "Useful Environment Variables".

const cluster = { type: 'ClusterIP' };
const ingress = { type: 'Ingress', domain: 'dev.example', ingressClass: 'nginx', tlsIssuer: undefined };

describe('a workspace is exposed by', () => {
  test.for<[string, NodeJS.ProcessEnv, WorkspaceSpec['exposure'], unknown]>([
    ['a ClusterIP without settings', {}, undefined, cluster],
    ['a load balancer with WORKSPACE_LB=1', { WORKSPACE_LB: '1' }, undefined, { type: 'LoadBalancer' }],
    ['a load balancer with WORKSPACE_LB=true', { WORKSPACE_LB: 'true' }, undefined, { type: 'LoadBalancer' }],
    ['a ClusterIP with WORKSPACE_LB=0', { WORKSPACE_LB: '0' }, undefined, cluster],
    [
      'the pool of WORKSPACE_LB_POOL',
      { WORKSPACE_LB: 'true', WORKSPACE_LB_POOL: 'p' },
      undefined,
      { type: 'LoadBalancer', pool: 'p' },
    ],
    ['nothing with a pool alone', { WORKSPACE_LB_POOL: 'p' }, undefined, cluster],
    ['an Ingress with WORKSPACE_DOMAIN', { WORKSPACE_DOMAIN: 'dev.example' }, undefined, ingress],
    [
      'a load balancer with both',
      { WORKSPACE_DOMAIN: 'dev.example', WORKSPACE_LB: '1' },
      undefined,
      { type: 'LoadBalancer' },
    ],
    [
      'the class of INGRESS_CLASS_NAME',
      { WORKSPACE_DOMAIN: 'dev.example', INGRESS_CLASS_NAME: 'traefik' },
      undefined,
      { ...ingress, ingressClass: 'traefik' },
    ],
    ['nginx when that is empty', { WORKSPACE_DOMAIN: 'dev.example', INGRESS_CLASS_NAME: '' }, undefined, ingress],
    [
      'the issuer of CERT_MANAGER_ISSUER',
      { WORKSPACE_DOMAIN: 'dev.example', CERT_MANAGER_ISSUER: 'le' },
      undefined,
      { ...ingress, tlsIssuer: 'le' },
    ],
    ['its own type before all', { WORKSPACE_LB: '1', WORKSPACE_DOMAIN: 'dev.example' }, { type: 'ClusterIP' }, cluster],
    ['its own load balancer', { WORKSPACE_DOMAIN: 'dev.example' }, { type: 'LoadBalancer' }, { type: 'LoadBalancer' }],
    [
      'its own Ingress',
      { WORKSPACE_LB: '1', CERT_MANAGER_ISSUER: 'le' },
      { type: 'Ingress', domain: 'own.example', ingressClass: 'own', tlsIssuer: 'mine' },
      { type: 'Ingress', domain: 'own.example', ingressClass: 'own', tlsIssuer: 'mine' },
    ],
    [
      'its own Ingress with the rest of the settings',
      { WORKSPACE_LB: '1', CERT_MANAGER_ISSUER: 'le' },
      { type: 'Ingress', domain: 'own.example' },
      { type: 'Ingress', domain: 'own.example', ingressClass: 'nginx', tlsIssuer: 'le' },
    ],
    ['nothing where an older CRD let an Ingress without a domain pass', {}, { type: 'Ingress' }, cluster],
  ])('%s', ([, env, exposure, expected]) =>
    expect(exposureOf({ exposure }, operatorConfigFromEnv(env))).toEqual(expected),
  );
});

describe('the Service', () => {
  const metadataOf = (env: NodeJS.ProcessEnv) => desired(aWorkspace(), operatorConfigFromEnv(env)).service;
  test('is a load balancer from the pool where one is wanted', () => {
    expect(metadataOf({ WORKSPACE_LB: 'yes', WORKSPACE_LB_POOL: 'home-lab' })).toMatchObject({
      metadata: {
        annotations: { 'metallb.universe.tf/address-pool': 'home-lab', 'metallb.io/address-pool': 'home-lab' },
      },
      spec: { type: 'LoadBalancer' },
    });
    expect(metadataOf({ WORKSPACE_LB: 'on' }).metadata).not.toHaveProperty('annotations');
  });
  test('is a ClusterIP behind an Ingress', () => {
    expect(metadataOf({ WORKSPACE_DOMAIN: 'dev.example' }).spec?.type).toBe('ClusterIP');
  });
});
