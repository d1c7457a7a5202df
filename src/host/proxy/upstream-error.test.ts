import { expect, test } from 'vitest';
import { toErrorBody } from '#contract/errors.ts';
import { TunnelError } from './transport/tunnel-error.ts';
import type { TunnelFailure } from './transport/tunnel-error.ts';
import { upstreamError } from './upstream-error.ts';

const said =
  'pods "cs" is forbidden: User "system:serviceaccount:dev:host" at https://10.0.0.1:6443, Bearer eyJhbGciOi';
const failures: TunnelFailure[] = [
  'refused',
  'gone',
  'denied',
  'unauthorized',
  'offline',
  'lost',
  'severed',
  'protocol',
  'no-http',
];

test.each(failures)('of a tunnel that is %s nothing is told in the words of Kubernetes', (failure) => {
  const error = upstreamError(new TunnelError(failure, said), { id: 'cs', port: 3000 });
  const body = JSON.stringify(toErrorBody(error, 'rid'));
  for (const secret of ['system:', '10.0.0.1', '6443', 'eyJ', 'forbidden:']) expect(body).not.toContain(secret);
  expect(error.message).toMatch(/\.$/);
  expect(error.remedy).not.toBe('');
});

test('nor of any other error', () => {
  const error = upstreamError(Object.assign(new Error(said), { code: 'EPROTO' }), { id: 'cs', port: 3000 });
  expect(JSON.stringify(toErrorBody(error))).not.toContain('10.0.0.1');
});
