import { describe, expect, inject, test } from 'vitest';
import { createAuthority } from '../certs/authority.ts';
import { connectKube } from './kube.ts';
import { deriveKubeconfig } from '#test/kube/kubeconfig.ts';

const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
const source = (path: string) => ({ kind: 'kubeconfig', path }) as const;

describe('connecting to a real API server', () => {
  test('says which version it is', async () => {
    const kube = await connectKube(source(inject('kubeconfigPath')), { namespace: 'default' });
    expect(kube).toMatchObject({ namespace: 'default', version: expect.stringMatching(/^v1\.\d+\.\d+/) as string });
    expect(await kube.rest.json('GET', '/api/v1/namespaces/default')).toMatchObject({ kind: 'Namespace' });
    kube.close();
  });

  test('a wrong token', async () => {
    await using file = await deriveKubeconfig(inject('kubeconfigPath'), { user: { token: 'wrong-s3cret' } });
    await expect(connectKube(source(file.path))).rejects.toMatchObject({
      code: 'cluster_unauthorized',
      message: expect.not.stringContaining('s3cret') as string,
    });
  });

  test('a token that has expired says when', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'RS256' })}.${part({ exp: 1_600_000_000 })}.c2lnbmF0dXJl`;
    await using file = await deriveKubeconfig(inject('kubeconfigPath'), { user: { token } });
    await expect(connectKube(source(file.path))).rejects.toMatchObject({
      code: 'cluster_unauthorized',
      message: expect.stringContaining('token was valid until 2020-09-13') as string,
    });
  });

  test('a client certificate that has expired says when', async () => {
    const { cert, key } = await createAuthority(new Date('1999-01-01T00:00:00Z'));
    const user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
    await using file = await deriveKubeconfig(inject('kubeconfigPath'), { user });
    await expect(connectKube(source(file.path))).rejects.toMatchObject({
      code: 'cluster_unauthorized',
      message: expect.stringContaining('client certificate was valid until 20') as string,
    });
  });

  test('no credentials at all', async () => {
    await using file = await deriveKubeconfig(inject('kubeconfigPath'), { user: {} });
    await expect(connectKube(source(file.path))).rejects.toMatchObject({
      code: 'cluster_unauthorized',
      message: expect.stringContaining('has no credentials') as string,
    });
  });

  test('an authority that did not sign the server', async () => {
    const { cert } = await createAuthority();
    await using file = await deriveKubeconfig(inject('kubeconfigPath'), {
      cluster: { 'certificate-authority-data': base64(cert) },
    });
    await expect(connectKube(source(file.path))).rejects.toMatchObject({
      code: 'cluster_offline',
      message: expect.stringContaining('cannot be trusted') as string,
    });
  });

  test('gives up when told to', async () => {
    const aborted = AbortSignal.abort(new Error('the window was closed'));
    await expect(connectKube(source(inject('kubeconfigPath')), { signal: aborted })).rejects.toThrow(
      'the window was closed',
    );
  });
});
