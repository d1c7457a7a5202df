// The library wants Reflect.getMetadata while it loads. In a bundle CommonJS modules run after the ES modules beside them: whoever loads
// this one there has loaded the polyfill before.
// oxlint-disable-next-line import/no-unassigned-import -- a polyfill has nothing to name
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { Extension, JsonGeneralName, Name, X509Certificate } from '@peculiar/x509';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

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

const dayMs = 86_400_000;

/**
 * Issues an X.509 v3 certificate (RFC 5280) for a P-256 key, signed with ECDSA and SHA-256, and returns it as PEM.
 * Without an `issuer` it is self-signed. Rejects with a TypeError when an address is not an IPv4 address.
 */
export async function issueCertificate(
  request: CertificateRequest,
  key: KeyObject,
  issuer?: Issuer,
  days = 3650,
): Promise<string> {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const authority = issuer === undefined ? undefined : new x509.X509Certificate(issuer.certificate);
  const subject = subjectName(request);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    // As it stands in the authority's certificate: verifiers compare names byte for byte.
    issuer: authority?.subjectName ?? subject,
    // A day of slack: clocks of host and containers may differ.
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + days * dayMs),
    publicKey,
    signingKey: await signingKey(issuer?.key ?? key),
    extensions: [
      ...kindExtensions(request.usage),
      ...alternativeNames(request),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      ...(authority === undefined ? [] : [await authorityKeyIdentifier(authority)]),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** Through the global `crypto`, whose key type is the library's whether the types of Node or those of a browser are in force. */
function signingKey(key: KeyObject) {
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
  return crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

/** Kubernetes reads groups from the organizations and the user from the common name. */
function subjectName({ organizations = [], commonName }: CertificateRequest): Name {
  return new x509.Name([
    ...organizations.map((text) => ({ O: [{ utf8String: text }] })),
    { CN: [{ utf8String: commonName }] },
  ]);
}

function kindExtensions(usage: CertificateRequest['usage']): Extension[] {
  if (usage === 'ca') {
    return [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
    ];
  }
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension(
      usage.map((use) => (use === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth)),
    ),
  ];
}

function alternativeNames({ dnsNames = [], addresses = [] }: CertificateRequest): Extension[] {
  const names: JsonGeneralName[] = [
    ...dnsNames.map((value) => ({ type: 'dns', value }) as const),
    ...addresses.map((value) => {
      if (!isIPv4(value)) throw new TypeError(`${value} is not an IPv4 address`);
      return { type: 'ip', value } as const;
    }),
  ];
  return names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)];
}

/** Taken from the authority's certificate: verifiers compare the two, and ways to make one differ (RFC 5280, 4.2.1.1). */
async function authorityKeyIdentifier(authority: X509Certificate): Promise<Extension> {
  const { keyId } =
    authority.getExtension(x509.SubjectKeyIdentifierExtension) ??
    (await x509.SubjectKeyIdentifierExtension.create(authority.publicKey));
  return new x509.AuthorityKeyIdentifierExtension(keyId);
}
