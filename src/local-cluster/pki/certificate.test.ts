import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issueCertificate } from './certificate.ts';
import * as asn from './der.ts';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

describe('issueCertificate', () => {
  const authorityKey = newKey();
  const authority = issueCertificate({ commonName: 'guildnet-ca', usage: 'ca' }, authorityKey);
  const issuer = { certificate: authority, key: authorityKey };

  it('makes an authority that signs itself', () => {
    const parsed = new X509Certificate(authority);
    expect(parsed.ca).toBe(true);
    expect(parsed.subject).toBe('CN=guildnet-ca');
    expect(parsed.verify(parsed.publicKey)).toBe(true);
  });

  it('makes a leaf that the authority vouches for', () => {
    const request = {
      commonName: 'system:node:n',
      organizations: ['system:nodes'],
      usage: ['client', 'server'] as const,
      dnsNames: ['n', 'localhost'],
      addresses: ['10.0.0.200', '127.0.0.1'],
    };
    const key = newKey();
    const parsed = new X509Certificate(issueCertificate(request, key, issuer, 30));
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

  it('refuses what is no address', () => {
    const request = { commonName: 'x', usage: ['server'] as const, addresses: ['::1'] };
    expect(() => issueCertificate(request, newKey(), issuer)).toThrow(TypeError);
  });
});

describe('DER', () => {
  it.each([
    ['a small integer', asn.integer(Buffer.from([5])), '020105'],
    ['an integer that would look negative', asn.integer(Buffer.from([0x80])), '02020080'],
    ['an integer with zeros in front', asn.integer(Buffer.from([0, 0, 1])), '020101'],
    ['zero', asn.integer(Buffer.from([0])), '020100'],
    ['an object identifier', asn.objectIdentifier('1.2.840.10045.4.3.2'), '06082a8648ce3d040302'],
    ['a time before 2050', asn.time(new Date('2026-11-23T06:07:08Z')), '170d3236313132333036303730385a'],
    ['a time after 2049', asn.time(new Date('2050-01-01T00:00:00Z')), '180f32303530303130313030303030305a'],
    ['a long value', asn.octetString(Buffer.alloc(200)).subarray(0, 3), '0481c8'],
    ['a very long value', asn.octetString(Buffer.alloc(70_000)).subarray(0, 5), '0483011170'],
    ['bits', asn.bitString(Buffer.from([0x86]), 1), '03020186'],
  ])('encodes %s', (_what, encoded, hex) => {
    expect(Buffer.from(encoded).toString('hex')).toBe(hex);
  });
});
