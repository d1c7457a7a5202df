import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { fromKubeError, hasStatus } from './errors.ts';
import { missingRule } from './forbidden.ts';
import { CredentialError, StatusError, TransportError } from './transport-error.ts';

const status = (code: number, message: string, more: object = {}): StatusError =>
  new StatusError(code, { kind: 'Status', message, ...more });
const network = (code: string, message = ''): TransportError =>
  new TransportError(Object.assign(new Error(message), { code }));
const rbac =
  'deployments.apps is forbidden: User "ann" cannot create resource "deployments" in API group "apps" in the namespace "dev"';

describe('fromKubeError', () => {
  test.for([
    [status(401, 'Unauthorized'), 'cluster_unauthorized', /wrong or have expired/],
    [status(403, rbac), 'forbidden', /RBAC does not let "ann" create deployments\.apps in namespace "dev"/],
    [
      status(403, 'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1'),
      'quota_exceeded',
      /quota is used up \(q, requested/,
    ],
    [
      status(403, 'pods "x" is forbidden: violates PodSecurity "restricted:latest"'),
      'forbidden',
      /violates PodSecurity/,
    ],
    [
      status(400, 'admission webhook "policy.example" denied the request: no images from there'),
      'forbidden',
      /"policy\.example" denied it: no images from there/,
    ],
    [
      status(404, 'namespaces "x" not found', { details: { kind: 'namespaces', name: 'x' } }),
      'not_found',
      /namespaces "x" not found/,
    ],
    [status(409, 'the object has been modified'), 'conflict', /has been modified/],
    [
      status(422, 'invalid', { details: { causes: [{ field: 'spec.image', message: 'Required value' }] } }),
      'invalid_spec',
      /spec\.image: Required value/,
    ],
    [status(429, 'too many requests'), 'cluster_offline', /not able to answer now/],
    [status(500, 'etcdserver: leader changed'), 'cluster_offline', /leader changed/],
    [new StatusError(503, 'apiserver is shutting down'), 'cluster_offline', /shutting down/],
    [status(418, 'teapot'), 'upstream_failed', /teapot/],
    [new StatusError(409, JSON.stringify({ message: 'already exists' })), 'conflict', /already exists/],
    [network('ECONNREFUSED'), 'cluster_offline', /the connection was refused/],
    [network('ENOTFOUND'), 'cluster_offline', /not known to DNS/],
    [network('ECONNRESET'), 'cluster_offline', /cut off/],
    [network('ETIMEDOUT', 'no answer within 5 s'), 'cluster_offline', /no answer within 5 s/],
    [network('CERT_HAS_EXPIRED'), 'cluster_offline', /certificate has expired/],
    [network('ERR_TLS_CERT_ALTNAME_INVALID'), 'cluster_offline', /is for another name/],
    [new CredentialError(new Error('x')), 'bad_config', /No request can be made/],
    [new TypeError('a defect'), 'internal', /inside GuildNet/],
  ] as const)('%s', ([error, code, words]) => {
    const shown = fromKubeError(error, 'doing it');
    expect(shown.code).toBe(code);
    expect(shown.message).toMatch(words);
    expect(shown.cause).toBeDefined();
    if (code !== 'internal' && code !== 'upstream_failed')
      expect(shown.remedy ?? (code === 'not_found' ? '' : undefined)).toBeDefined();
  });

  test('leaves our own errors as they are', () => {
    const own = new GuildNetError('not_found', 'x');
    expect(fromKubeError(own, 'doing it')).toBe(own);
  });

  test('says how to make a namespace that is missing', () => {
    expect(fromKubeError(status(404, 'x', { details: { kind: 'namespaces', name: 'dev' } }), 'x').remedy).toContain(
      'kubectl create namespace dev',
    );
  });
});

test('hasStatus knows both clients’ errors', () => {
  expect(hasStatus(status(404, 'x'), 404)).toBe(true);
  expect(hasStatus(new StatusError(404, '{}'), 404)).toBe(true);
  expect(hasStatus(new Error('404'), 404)).toBe(false);
});

test.for([
  [rbac, { user: 'ann', verb: 'create', resource: 'deployments', group: 'apps', namespace: 'dev' }],
  [
    'x is forbidden: User "u" cannot patch resource "customresourcedefinitions" in API group "apiextensions.k8s.io" at the cluster scope',
    { user: 'u', verb: 'patch', resource: 'customresourcedefinitions', group: 'apiextensions.k8s.io' },
  ],
  ['exceeded quota', undefined],
] as const)('missingRule of %s', ([message, rule]) => expect(missingRule(message)).toEqual(rule));
