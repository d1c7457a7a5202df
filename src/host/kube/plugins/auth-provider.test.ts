import { expect, test } from 'vitest';
import { authProvider } from './auth-provider.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = (exp: number): string => `${part({ alg: 'none' })}.${part({ exp })}.x`;
const choice = (name: string, config: Record<string, string>) => ({
  user: { name: 'u', file: 'kubeconfig', line: 7, fields: { 'auth-provider': { name, config } } },
});

test('an ID token that is valid is used as long as it is', async () => {
  const token = idToken(4_000_000_000);
  expect(await authProvider(choice('oidc', { 'id-token': token }))()).toEqual({
    credential: { authorization: `Bearer ${token}` },
    expiresAt: new Date(4_000_000_000_000),
  });
});

test('one that is not, and cannot be renewed, is told', async () => {
  await expect(authProvider(choice('oidc', { 'id-token': idToken(1) }))()).rejects.toMatchObject({
    code: 'cluster_unauthorized',
    message: expect.stringContaining('has expired') as string,
  });
});

test('a provider that kubectl has given up is named', async () => {
  await expect(authProvider(choice('gcp', {}))()).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringContaining('"gcp", which kubectl knows no longer') as string,
  });
});
