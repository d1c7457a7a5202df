import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { fromKubeError } from '../../kube/errors.ts';
import { StatusError } from '../../kube/transport-error.ts';
import { writeFailure } from './own-writes.ts';

const refusal = (message: string, code = 403): GuildNetError =>
  fromKubeError(new StatusError(code, { kind: 'Status', message }), 'writing the Service of workspace "ws"');

describe('our own refused writes', () => {
  test.for([
    [
      'RbacDenied',
      'services is forbidden: User "system:serviceaccount:dev:guildnet" cannot create resource "services" in API group "" in the namespace "dev"',
      /create services in namespace "dev"/,
      /verbs: \["create"\]/,
    ],
    ['QuotaExceeded', 'services "ws" is forbidden: exceeded quota: q, requested: services=1', /quota/, /quota raised/],
    ['AdmissionDenied', 'admission webhook "w.example" denied the request: no', /w\.example/, /administrator/],
    [
      'NamespaceMissing',
      'services "ws" is forbidden: unable to create new content in namespace dev because it is being terminated',
      /terminated/,
      /./,
    ],
    ['Forbidden', 'services "ws" is forbidden: because', /because/, /administrator/],
  ] as const)('%s', ([reason, said, message, remedy]) => {
    const failure = writeFailure(refusal(said));
    expect(failure).toMatchObject({ reason });
    expect(failure?.message).toMatch(message);
    expect(failure?.remedy).toMatch(remedy);
  });

  test.for([
    ['quota_exceeded', 'QuotaExceeded'],
    ['forbidden', 'Forbidden'],
    ['invalid_spec', 'InvalidSpec'],
    ['not_found', 'NamespaceMissing'],
    ['bad_body', 'WriteRefused'],
  ] as const)('%s → %s', ([code, reason]) =>
    expect(writeFailure(new GuildNetError(code, 'm', { remedy: 'r' }))).toEqual({ reason, message: 'm', remedy: 'r' }),
  );

  test.for(['cluster_offline', 'cluster_unauthorized', 'conflict', 'timeout', 'internal'] as const)(
    '%s is passing',
    (code) => expect(writeFailure(new GuildNetError(code, 'm'))).toBeUndefined(),
  );
});
