import { expect, test } from 'vitest';
import { toErrorBody } from '#contract/errors.ts';
import { StatusError, TransportError } from '../../kube/transport-error.ts';
import { lookUpError } from './look-up-error.ts';

const said =
  'services "db" is forbidden: User "system:serviceaccount:dev:host" cannot get resource "services" in API group ""';
const offline = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:6443'), { code: 'ECONNREFUSED' });

test.each<[string, unknown, string]>([
  ['a refusal', new StatusError(403, { kind: 'Status', message: said, reason: 'Forbidden', code: 403 }), 'forbidden'],
  ['refused credentials', new StatusError(401, { kind: 'Status', message: said, code: 401 }), 'cluster_unauthorized'],
  ['a server that cannot', new StatusError(503, said), 'cluster_offline'],
  ['a network that is down', new TransportError(offline), 'cluster_offline'],
  ['anything else', new Error(said), 'upstream_failed'],
])('%s is told in our own words', (_what, error, code) => {
  const shown = lookUpError(error, 'looking for the Service db in other');
  expect(shown.code).toBe(code);
  expect(shown.remedy).toBeTruthy();
  const body = JSON.stringify(toErrorBody(shown));
  for (const secret of ['system:', '10.0.0.1', '6443', 'API group']) expect(body).not.toContain(secret);
  expect(shown.cause).toBe(error);
});
