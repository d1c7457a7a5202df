import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { hostname } from 'node:os';
import { pem } from './der.ts';
import { authorityExtensions, name, serverExtensions, signCertificate } from './x509.ts';

const hour = 3_600_000;
const day = 24 * hour;
const authorityDays = 3650;
/** Short enough for every verifier (Apple's limit is 398 days), long enough that renewal is rare. */
const leafDays = 90;

/** A certificate chain and its key as PEM texts, leaf first. */
export interface KeyPair {
  cert: string;
  key: string;
}

export interface Authority {
  /** The CA's certificate, PEM. */
  readonly cert: string;
  /** A server certificate for these names (host names and addresses), signed by the CA; chain included. About 1 ms. */
  issue(names: readonly string[]): KeyPair;
}

function newKey(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function keyText(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The name under which the CA stands in a browser's list. */
function authorityName() {
  return name({ organization: 'GuildNet', commonName: `GuildNet on ${hostname()}`.slice(0, 64) });
}

/** A new CA of this machine, constrained to loopback names. */
export function createAuthority(now = new Date()): KeyPair {
  const { privateKey, publicKey } = newKey();
  const self = authorityName();
  const der = signCertificate(
    {
      issuer: self,
      subject: self,
      publicKey,
      notBefore: new Date(now.getTime() - hour),
      notAfter: new Date(now.getTime() + authorityDays * day),
      extensions: authorityExtensions(publicKey),
    },
    privateKey,
  );
  return { cert: pem('CERTIFICATE', der), key: keyText(privateKey) };
}

/** The subject of a certificate as it stands in its bytes, to be a leaf's issuer: names are compared byte for byte. */
function subjectDer(certificate: X509Certificate): Buffer {
  // TBSCertificate is the first element of the outer sequence; its sixth element is the subject.
  const read = (bytes: Buffer, at: number): { start: number; end: number } => {
    const short = bytes[at + 1] ?? 0;
    const extra = short < 0x80 ? 0 : short & 0x7f;
    const size = extra === 0 ? short : bytes.readUIntBE(at + 2, extra);
    return { start: at + 2 + extra, end: at + 2 + extra + size };
  };
  const { raw } = certificate;
  let at = read(raw, read(raw, 0).start).start;
  for (let skipped = 0; skipped < 5; skipped += 1) at = read(raw, at).end;
  return raw.subarray(at, read(raw, at).end);
}

/** Takes a CA from its PEM texts. Throws when they cannot be read, do not belong together or are about to expire. */
export function openAuthority(texts: KeyPair, now = new Date()): Authority {
  const certificate = new X509Certificate(texts.cert);
  const authorityKey = createPrivateKey(texts.key);
  if (!certificate.checkPrivateKey(authorityKey)) throw new TypeError('its key does not belong to it');
  if (Date.parse(certificate.validTo) - now.getTime() < 2 * leafDays * day)
    throw new RangeError('it is about to expire');
  const issuer = subjectDer(certificate);
  return {
    cert: texts.cert,
    issue(names) {
      const { privateKey, publicKey } = newKey();
      const start = Date.now();
      const der = signCertificate(
        {
          issuer,
          subject: name({ commonName: (names[0] ?? 'localhost').slice(0, 64) }),
          publicKey,
          notBefore: new Date(start - hour),
          notAfter: new Date(start + leafDays * day),
          extensions: serverExtensions(names, publicKey, certificate.publicKey),
        },
        authorityKey,
      );
      return { cert: pem('CERTIFICATE', der) + texts.cert, key: keyText(privateKey) };
    },
  };
}
