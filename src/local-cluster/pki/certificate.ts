import { createHash, createPublicKey, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as asn from './der.ts';

export interface CertificateRequest {
  commonName: string;
  organizations?: readonly string[];
  usage: 'ca' | readonly ('client' | 'server')[];
  dnsNames?: readonly string[];
  /** IPv4 addresses. */
  addresses?: readonly string[];
}

export interface Issuer {
  certificate: string;
  key: KeyObject;
}

const ids = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

const dayMs = 86_400_000;

/**
 * Issues an X.509 v3 certificate (RFC 5280) for a P-256 key, signed with ECDSA and SHA-256, and returns it as PEM.
 * Without an `issuer` it is self-signed. Only what the cluster's own PKI needs is here: Node can read certificates but not make them.
 */
export function issueCertificate(request: CertificateRequest, key: KeyObject, issuer?: Issuer, days = 3650): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const algorithm = asn.sequence(asn.objectIdentifier(ids.ecdsaWithSha256));
  const subject = name(request);
  const now = Date.now();
  const body = asn.sequence(
    asn.tagged(0, asn.integer(Buffer.from([2]))),
    asn.integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    issuer === undefined ? subject : issuerName(issuer),
    // A day of slack: clocks of host and containers may differ.
    asn.sequence(asn.time(new Date(now - dayMs)), asn.time(new Date(now + days * dayMs))),
    subject,
    publicKey,
    asn.tagged(3, asn.sequence(...extensions(request, publicKey, issuer))),
  );
  const signature = sign('sha256', body, issuer?.key ?? key);
  const certificate = asn.sequence(body, algorithm, asn.bitString(signature));
  const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}

/** Kubernetes reads groups from the organizations and the user from the common name. */
function name(request: CertificateRequest): Buffer {
  const part = (id: string, text: string): Buffer =>
    asn.set(asn.sequence(asn.objectIdentifier(id), asn.utf8String(text)));
  return asn.sequence(
    ...(request.organizations ?? []).map((text) => part(ids.organization, text)),
    part(ids.commonName, request.commonName),
  );
}

/** Our authorities are named by a common name alone, so theirs can be written again instead of parsed out of the DER. */
function issuerName(issuer: Issuer): Buffer {
  const commonName = new X509Certificate(issuer.certificate).subject.replace(/^CN=/, '');
  return name({ commonName, usage: 'ca' });
}

function extensions(request: CertificateRequest, publicKey: Buffer, issuer: Issuer | undefined): Buffer[] {
  const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
    asn.sequence(asn.objectIdentifier(id), ...(critical ? [asn.boolean(true)] : []), asn.octetString(value));
  const authority = request.usage === 'ca';
  const found = [
    extension(ids.basicConstraints, true, authority ? asn.sequence(asn.boolean(true)) : asn.sequence()),
    // Bits from the left: digitalSignature 0, keyEncipherment 2; keyCertSign 5, cRLSign 6.
    extension(
      ids.keyUsage,
      true,
      authority ? asn.bitString(Buffer.from([0b1000_0110]), 1) : asn.bitString(Buffer.from([0b1010_0000]), 5),
    ),
    extension(ids.subjectKeyIdentifier, false, asn.octetString(keyIdentifier(publicKey))),
  ];
  if (issuer !== undefined) {
    const issuerKey = createPublicKey(issuer.key).export({ type: 'spki', format: 'der' });
    const identifier = asn.taggedPrimitive(0, keyIdentifier(issuerKey));
    found.push(extension(ids.authorityKeyIdentifier, false, asn.sequence(identifier)));
  }
  if (request.usage !== 'ca') {
    const purposes = request.usage.map((use) =>
      asn.objectIdentifier(use === 'server' ? ids.serverAuth : ids.clientAuth),
    );
    found.push(extension(ids.extendedKeyUsage, false, asn.sequence(...purposes)));
  }
  const names = alternativeNames(request);
  if (names.length > 0) found.push(extension(ids.subjectAltName, false, asn.sequence(...names)));
  return found;
}

function alternativeNames(request: CertificateRequest): Buffer[] {
  const dns = (request.dnsNames ?? []).map((text) => asn.taggedPrimitive(2, Buffer.from(text, 'ascii')));
  const addresses = (request.addresses ?? []).map((address) => {
    if (!isIPv4(address)) throw new TypeError(`${address} is not an IPv4 address`);
    return asn.taggedPrimitive(7, Buffer.from(address.split('.').map(Number)));
  });
  return [...dns, ...addresses];
}

function keyIdentifier(publicKey: Buffer): Buffer {
  return createHash('sha256').update(publicKey).digest().subarray(0, 20);
}
