// oxlint-disable-next-line import/no-unassigned-import -- the library wants it before it loads
import 'reflect-metadata';
import { X509CertificateGenerator } from '@peculiar/x509';
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { KeyObject, webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAuthority, openAuthority } from './authority.ts';
import type { KeyPair } from './authority.ts';

const day = 86_400_000;
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** A CA by other means than ours: its name in another order and other kinds of text, no key identifier. */
async function foreignAuthority(
  key: KeyObject,
  algorithm: webcrypto.EcKeyImportParams | webcrypto.RsaHashedImportParams,
): Promise<KeyPair> {
  const name = 'CN=Plain (printable), O=Grüße, DC=lan, OU=one+L=two';
  const certificate = await X509CertificateGenerator.create({
    subject: name,
    issuer: name,
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    signingKey: key.toCryptoKey(algorithm, false, ['sign']),
    notAfter: new Date(Date.now() + 3650 * day),
  });
  return { cert: certificate.toString('pem'), key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

test.each([
  ['ours', () => createAuthority()],
  ['another', () => foreignAuthority(generateKeyPairSync('ec', ecdsa).privateKey, ecdsa)],
])('what %s signs, opened again, verifies', async (_whose, make) => {
  const pair = await make();
  const ca = new X509Certificate(pair.cert);
  const leaf = new X509Certificate((await openAuthority(pair).issue(['a.localhost', '127.0.0.1', '::1'])).cert);
  expect(leaf.verify(ca.publicKey)).toBe(true);
  // Compares names and key identifiers as OpenSSL does.
  expect(leaf.checkIssued(ca)).toBe(true);
  expect(leaf.subject).toBe('CN=a.localhost');
  expect(leaf.subjectAltName).toBe('DNS:a.localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(leaf.ca).toBe(false);
  expect((leaf.validToDate.getTime() - leaf.validFromDate.getTime()) / day).toBeCloseTo(90, 1);
});

test('a chain is the leaf and then its CA', async () => {
  const pair = await createAuthority();
  const { cert } = await openAuthority(pair).issue(['localhost']);
  expect(cert.endsWith(`-----END CERTIFICATE-----\n${pair.cert}`)).toBe(true);
  expect(cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
});

test.each([
  [
    'has the key of another',
    async () => ({ ...(await createAuthority()), key: (await createAuthority()).key }),
    'does not belong',
  ],
  ['is about to expire', () => createAuthority(new Date(Date.now() - 3600 * day)), 'about to expire'],
  ['cannot be read', () => Promise.resolve({ cert: 'nonsense', key: 'nonsense' }), 'PEM'],
  [
    'has a key of another kind',
    () => foreignAuthority(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, rsa),
    'not a P-256 key',
  ],
])('a CA that %s is refused', async (_what, make, why) => {
  const pair = await make();
  expect(() => openAuthority(pair)).toThrow(why);
});
