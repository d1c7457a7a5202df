// The library wants Reflect.getMetadata while it loads. In a bundle CommonJS modules run after the ES modules beside them: whoever loads
// this one there has loaded the polyfill before.
// oxlint-disable-next-line import/no-unassigned-import -- a polyfill has nothing to name
import 'reflect-metadata';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints as nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import type { Extension, Name, X509Certificate } from '@peculiar/x509';
import { KeyObject, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { KeyPair } from './authority.ts';

/** The kind of every key; signatures are made with SHA-256. */
const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export interface Validity {
  notBefore: Date;
  notAfter: Date;
}

export interface Issuer {
  /** The CA's certificate, DER. */
  certificate: Uint8Array;
  /** Its private key, of P-256. */
  key: KeyObject;
}

export interface Subject {
  commonName: string;
  organization?: string;
}

function nameOf({ commonName, organization }: Subject): Name {
  return new x509.Name([
    ...(organization === undefined ? [] : [{ O: [{ utf8String: organization }] }]),
    { CN: [{ utf8String: commonName }] },
  ]);
}

/**
 * Keeps a CA from vouching for anything but these names and addresses (RFC 5280, 4.2.1.10): should its key leak, it is of no use
 * against any site. A name covers its subdomains.
 */
function only(names: readonly string[]): Extension {
  const permitted = names.map((name) => {
    const family = isIP(name);
    return family === 0 ? { dNSName: name } : { iPAddress: `${name}/${family === 4 ? '32' : '128'}` };
  });
  const permittedSubtrees = new GeneralSubtrees(
    permitted.map((base) => new GeneralSubtree({ base: new GeneralName(base) })),
  );
  return new x509.Extension(nameConstraints, true, AsnConvert.serialize(new NameConstraints({ permittedSubtrees })));
}

function pairOf(certificate: X509Certificate, key: webcrypto.CryptoKey): KeyPair {
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** A new key and a CA's certificate for it, signed by itself, constrained to these names and addresses. */
export async function signAuthority(subject: Subject, validity: Validity, names: readonly string[]): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(p256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: nameOf(subject),
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      only(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pairOf(certificate, keys.privateKey);
}

/** A new key and a TLS server's certificate for it under `names` (host names and addresses). */
export async function signServer(names: readonly string[], issuer: Issuer, validity: Validity): Promise<KeyPair> {
  const authority = new x509.X509Certificate(issuer.certificate);
  // Taken from the CA's certificate where it has one: verifiers compare the two (RFC 5280, 4.2.1.1).
  const authorityId =
    authority.getExtension(x509.SubjectKeyIdentifierExtension) ??
    (await x509.SubjectKeyIdentifierExtension.create(authority.publicKey));
  const keys = await webcrypto.subtle.generateKey(p256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    // As it stands in the CA's certificate: verifiers compare names byte for byte.
    issuer: authority.subjectName,
    subject: nameOf({ commonName: (names[0] ?? 'localhost').slice(0, 64) }),
    publicKey: keys.publicKey,
    signingKey: issuer.key.toCryptoKey(p256, false, ['sign']),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.AuthorityKeyIdentifierExtension(authorityId.keyId),
    ],
  });
  return pairOf(certificate, keys.privateKey);
}
