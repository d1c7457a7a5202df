import { createPrivateKey, X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';

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
  /** A server certificate for these names (host names and addresses), signed by the CA; chain included. Takes a few milliseconds. */
  issue(names: readonly string[]): Promise<KeyPair>;
}

/** Loaded when there is something to sign: it takes a tenth of a second, and most starts find all they need on disk. */
async function signing() {
  await import('reflect-metadata');
  return import('./sign-certificate.ts');
}

/** What the host's own authority vouches for. */
export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** A new CA that can vouch for these names and addresses alone; unless they are given, for those of loopback. */
export async function createAuthority(now = new Date(), names = loopbackNames): Promise<KeyPair> {
  const { signAuthority } = await signing();
  return signAuthority(
    // The name under which the CA stands in a browser's list.
    {
      organization: 'GuildNet',
      commonName: `GuildNet on ${names === loopbackNames ? hostname() : (names[0] ?? '')}`.slice(0, 64),
    },
    { notBefore: new Date(now.getTime() - hour), notAfter: new Date(now.getTime() + authorityDays * day) },
    names,
  );
}

/** Takes a CA from its PEM texts. Throws when they cannot be read, do not belong together, cannot sign or are about to expire. */
export function openAuthority(texts: KeyPair, now = new Date()): Authority {
  const certificate = new X509Certificate(texts.cert);
  const key = createPrivateKey(texts.key);
  if (!certificate.checkPrivateKey(key)) throw new TypeError('its key does not belong to it');
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new TypeError('its key is not a P-256 key');
  if (Date.parse(certificate.validTo) - now.getTime() < 2 * leafDays * day)
    throw new RangeError('it is about to expire');
  return {
    cert: texts.cert,
    async issue(names) {
      const { signServer } = await signing();
      const start = Date.now();
      const pair = await signServer(
        names,
        { certificate: certificate.raw, key },
        { notBefore: new Date(start - hour), notAfter: new Date(start + leafDays * day) },
      );
      return { cert: pair.cert + texts.cert, key: pair.key };
    },
  };
}
