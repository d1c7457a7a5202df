import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { SecureContext } from 'node:tls';
import { callbackify } from 'node:util';
import { GuildNetError } from '#contract/errors.ts';
import { parseLoopbackName } from '../access/loopback-names.ts';
import type { Log } from '../observability/log.ts';
import { createAuthority, openAuthority } from './authority.ts';
import type { Authority, KeyPair } from './authority.ts';
import { readPair, writePair } from './certificate-files.ts';
import type { CertificateFiles } from './certificate-files.ts';
import { covers, expiresSoon, leafOf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import { createMintedLeaves } from './minted-leaves.ts';

const loopbackNames = ['localhost', '127.0.0.1', '::1'];

export interface Certificates {
  /** The CA that signs what we generate: for `curl --cacert`, the CLI and browsers. */
  readonly caFile: string;
  /** What a client gets that names no host: also addresses. A changed value is for `server.setSecureContext`. */
  current(): Promise<KeyPair>;
  /** For TLS' `SNICallback`: workspaces' host names get certificates of their own, since Chromium refuses `*.localhost`. */
  readonly sni: (name: string, done: (error: Error | null, context?: SecureContext) => void) => void;
  /** True when `fingerprint` (`sha256/<base64>` of the DER) is what we serve under `hostname`. */
  trusts(hostname: string, fingerprint: string): boolean;
}

export interface CertificateOptions {
  /** Folder of the generated files: `<home>/state/certs`. */
  folder: string;
  /** Folders searched first for a certificate of the user's: `./certs`. */
  userFolder: string;
  log: Log;
}

function isLoopbackName(name: string): boolean {
  return name === 'localhost' || parseLoopbackName(name) !== undefined;
}

async function ownAuthority(files: CertificateFiles, log: Log): Promise<{ authority: Authority; made: boolean }> {
  const found = await readPair(files);
  let why = found.kind === 'unusable' ? found.why : undefined;
  if (found.kind === 'usable') {
    try {
      return { authority: openAuthority(found.pair), made: false };
    } catch (error) {
      why = `${files.cert}: ${(error as Error).message}`;
    }
  }
  if (why !== undefined)
    log.warn({ why }, 'Making a new certificate authority; browsers that trust the old one have to be told');
  const pair = await createAuthority();
  await writePair(files, pair);
  return { authority: openAuthority(pair), made: true };
}

/**
 * The host's certificates, in the specification's order of preference ("Security & TLS"): `./certs/server.*`,
 * `./certs/dev.*`, `<home>/state/certs/server.*`, the last generated when it is missing, unreadable or expired.
 */
export async function openCertificates({ folder, userFolder, log }: CertificateOptions): Promise<Certificates> {
  const filesIn = (place: string, stem: string): CertificateFiles => ({
    cert: join(place, `${stem}.crt`),
    key: join(place, `${stem}.key`),
  });
  const authorityFiles = filesIn(folder, 'ca');
  const ownFiles = filesIn(folder, 'server');

  async function choose(authority: Authority): Promise<Leaf> {
    for (const files of [filesIn(userFolder, 'server'), filesIn(userFolder, 'dev'), ownFiles]) {
      const found = await readPair(files);
      if (found.kind === 'unusable') log.warn(`${found.why}; it is not used`);
      if (found.kind !== 'usable') continue;
      const issuedByUs = found.pair.cert.includes(authority.cert.trim());
      // Of a generated certificate there is no use once its authority is gone or its end is near.
      const stale =
        files === ownFiles && (issuedByUs ? expiresSoon(found.certificate) : madeByGuildNet(found.certificate));
      if (!stale) return leafOf(found.pair);
    }
    const pair = await authority.issue(loopbackNames);
    await writePair(ownFiles, pair);
    log.info({ certificate: ownFiles.cert }, 'A new certificate was made');
    return leafOf(pair);
  }

  let authority: Authority;
  let served: Leaf;
  try {
    ({ authority } = await ownAuthority(authorityFiles, log));
    served = await choose(authority);
  } catch (error) {
    throw new GuildNetError(
      'bad_config',
      `The certificates in ${folder} cannot be written: ${(error as Error).message}.`,
      {
        remedy: `Make ${folder} writable for this user, or set GUILDNET_HOME to another folder.`,
        cause: error,
      },
    );
  }

  const minted = createMintedLeaves(authority);
  async function leafFor(name: string): Promise<Leaf> {
    return isLoopbackName(name) && !covers(served.certificate, name) ? minted.leafFor(name) : served;
  }

  return {
    caFile: authorityFiles.cert,
    async current() {
      if (expiresSoon(served.certificate)) served = await choose(authority);
      return served.pair;
    },
    sni: callbackify(async (asked: string) => (await leafFor(asked.toLowerCase())).context),
    trusts(hostname, fingerprint) {
      const name = hostname.toLowerCase().replace(/^\[|\]$/g, '');
      if (minted.fingerprintOf(name) === fingerprint) return true;
      return served.fingerprint === fingerprint && covers(served.certificate, name);
    },
  };
}

function madeByGuildNet(certificate: X509Certificate): boolean {
  return certificate.issuer.includes('O=GuildNet');
}
