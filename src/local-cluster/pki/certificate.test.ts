import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issueCertificate } from './certificate.ts';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

describe('issueCertificate', async () => {
  const authorityKey = newKey();
  const authority = await issueCertificate({ commonName: 'guildnet-ca', usage: 'ca' }, authorityKey);
  const issuer = { certificate: authority, key: authorityKey };

  it('makes an authority that signs itself', () => {
    const parsed = new X509Certificate(authority);
    expect(parsed.ca).toBe(true);
    expect(parsed.subject).toBe('CN=guildnet-ca');
    expect(parsed.verify(parsed.publicKey)).toBe(true);
  });

  it('makes a leaf that the authority vouches for', async () => {
    const request = {
      commonName: 'system:node:n',
      organizations: ['system:nodes'],
      usage: ['client', 'server'] as const,
      dnsNames: ['n', 'localhost'],
      addresses: ['10.0.0.200', '127.0.0.1'],
    };
    const key = newKey();
    const parsed = new X509Certificate(await issueCertificate(request, key, issuer, 30));
    const signer = new X509Certificate(authority);
    expect(parsed.checkIssued(signer)).toBe(true);
    expect(parsed.verify(signer.publicKey)).toBe(true);
    expect(parsed.checkPrivateKey(key)).toBe(true);
    expect(parsed.ca).toBe(false);
    expect(parsed.subject).toBe('O=system:nodes\nCN=system:node:n');
    expect(parsed.subjectAltName).toBe('DNS:n, DNS:localhost, IP Address:10.0.0.200, IP Address:127.0.0.1');
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1']);
    expect(parsed.checkIP('10.0.0.200')).toBe('10.0.0.200');
    const days = (parsed.validToDate.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29);
    expect(days).toBeLessThan(31);
  });

  it('refuses what is no address', async () => {
    const request = { commonName: 'x', usage: ['server'] as const, addresses: ['::1'] };
    await expect(issueCertificate(request, newKey(), issuer)).rejects.toThrow(TypeError);
  });
});
