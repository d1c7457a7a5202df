import { createHash, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import {
  addressBytes,
  bits,
  boolean,
  implicit,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  tagged,
  time,
  utf8,
} from './der.ts';
import type { Der } from './der.ts';

/** X.509 certificates (RFC 5280) with P-256 keys: the few extensions that a private CA and its servers need. */

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

export interface Subject {
  commonName: string;
  organization?: string;
}

export function name({ commonName, organization }: Subject): Der {
  const attribute = (type: string, value: string): Der => setOf(sequence(oid(type), utf8(value)));
  return sequence(
    ...(organization === undefined ? [] : [attribute('2.5.4.10', organization)]),
    attribute('2.5.4.3', commonName),
  );
}

function extension(id: string, critical: boolean, value: Der): Der {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

/** SHA-1 of the public key's bits: an identifier, not a protection (RFC 5280, 4.2.1.2). */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  // An uncompressed P-256 point is always the last 65 bytes of its SubjectPublicKeyInfo.
  return createHash('sha1').update(spki.subarray(-65)).digest();
}

const keyUsage = { certSign: bits(Buffer.from([0x06]), 1), digitalSignature: bits(Buffer.from([0x80]), 7) };

/**
 * Keeps a CA from vouching for anything but this machine (RFC 5280, 4.2.1.10): should its key leak, it is of no use
 * against any site. `localhost` covers its subdomains; an address is followed by its mask.
 */
function loopbackOnly(): Der {
  const permitted = [
    implicit(2, Buffer.from('localhost')),
    implicit(7, Buffer.concat([addressBytes('127.0.0.1'), Buffer.alloc(4, 0xff)])),
    implicit(7, Buffer.concat([addressBytes('::1'), Buffer.alloc(16, 0xff)])),
  ];
  return sequence(tagged(0, ...permitted.map((base) => sequence(base))));
}

export function authorityExtensions(publicKey: KeyObject): Der[] {
  return [
    extension('2.5.29.19', true, sequence(boolean(true), integer(Buffer.from([0])))),
    extension('2.5.29.15', true, keyUsage.certSign),
    extension('2.5.29.30', true, loopbackOnly()),
    extension('2.5.29.14', false, octets(keyIdentifier(publicKey))),
  ];
}

/** For a TLS server under `names` (host names and addresses). */
export function serverExtensions(names: readonly string[], publicKey: KeyObject, authorityKey: KeyObject): Der[] {
  const general = names.map((each) =>
    isIP(each) === 0 ? implicit(2, Buffer.from(each)) : implicit(7, addressBytes(each)),
  );
  return [
    extension('2.5.29.19', true, sequence()),
    extension('2.5.29.15', true, keyUsage.digitalSignature),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', false, sequence(...general)),
    extension('2.5.29.14', false, octets(keyIdentifier(publicKey))),
    extension('2.5.29.35', false, sequence(implicit(0, keyIdentifier(authorityKey)))),
  ];
}

export interface CertificateParts {
  issuer: Der;
  subject: Der;
  publicKey: KeyObject;
  notBefore: Date;
  notAfter: Date;
  extensions: readonly Der[];
}

/** The DER of a certificate, signed with the issuer's key. */
export function signCertificate(parts: CertificateParts, issuerKey: KeyObject): Der {
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    // Positive and never shorter than its length says (RFC 5280, 4.1.2.2).
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    ecdsaWithSha256,
    parts.issuer,
    sequence(time(parts.notBefore), time(parts.notAfter)),
    parts.subject,
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...parts.extensions)),
  );
  return sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuerKey)));
}
