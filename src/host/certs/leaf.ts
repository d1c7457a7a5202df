import { createHash, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { KeyPair } from './authority.ts';

const day = 86_400_000;
/** A certificate of ours is replaced when it has less left than this. */
const renewBefore = 30 * day;

/** A server's certificate in the forms that serving it takes. */
export interface Leaf {
  pair: KeyPair;
  certificate: X509Certificate;
  /** `sha256/<base64>` of the certificate's DER, as Electron gives it. */
  fingerprint: string;
  context: SecureContext;
}

export function leafOf(pair: KeyPair): Leaf {
  const certificate = new X509Certificate(pair.cert);
  const fingerprint = `sha256/${createHash('sha256').update(certificate.raw).digest('base64')}`;
  return { pair, certificate, fingerprint, context: createSecureContext(pair) };
}

export function expiresSoon(certificate: X509Certificate): boolean {
  return Date.parse(certificate.validTo) - Date.now() < renewBefore;
}

/** Whether a browser would take the certificate for this name. Wildcards do not count: Chromium refuses `*.localhost`. */
export function covers(certificate: X509Certificate, name: string): boolean {
  return isIP(name) === 0
    ? certificate.checkHost(name, { wildcards: false }) !== undefined
    : certificate.checkIP(name) !== undefined;
}
