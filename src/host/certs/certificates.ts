import { X509Certificate } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecureContext } from 'node:tls';
import { callbackify } from 'node:util';
import { GuildNetError } from '#contract/errors.ts';
import { parseLoopbackName } from '../access/loopback-names.ts';
import type { Log } from '../observability/log.ts';
import { createAuthority, loopbackNames, openAuthority } from './authority.ts';
import type { Authority, KeyPair } from './authority.ts';
import { readPair, writePair } from './certificate-files.ts';
import type { CertificateFiles } from './certificate-files.ts';
import { covers, expiresSoon, leafOf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import { createMintedLeaves } from './minted-leaves.ts';

export interface Certificates {
  /** The CA that signs what we generate: for `curl --cacert`, the CLI and browsers. */
  readonly caFile: string;
  /**
   * What a client gets that names no host: also addresses. Looks whether files were replaced or the end is near; a changed value is for
   * `server.setSecureContext`.
   */
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
  /** Names besides loopback's that people come by: what is served should be good for them. */
  names?: readonly string[];
  log: Log;
}

/** How often a certificate whose end is near is asked about, in ms; that files were replaced is seen at each look. */
const renewalMs = 12 * 3_600_000;

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
export async function openCertificates({
  folder,
  userFolder,
  names = [],
  log,
}: CertificateOptions): Promise<Certificates> {
  const filesIn = (place: string, stem: string): CertificateFiles => ({
    cert: join(place, `${stem}.crt`),
    key: join(place, `${stem}.key`),
  });
  const authorityFiles = filesIn(folder, 'ca');
  const ownFiles = filesIn(folder, 'server');
  const places = [filesIn(userFolder, 'server'), filesIn(userFolder, 'dev'), ownFiles];

  function tellLacking(file: string, certificate: X509Certificate): void {
    const lacking = names.filter((name) => !covers(certificate, name));
    if (lacking.length === 0) return;
    log.warn(
      { certificate: file, lacking },
      `${file} is served and is not good for ${lacking.join(', ')}: browsers warn there. "guildnet cert generate -H ${lacking.join(',')}" makes one that is`,
    );
  }

  async function choose(authority: Authority): Promise<Leaf> {
    for (const files of places) {
      const found = await readPair(files);
      if (found.kind === 'unusable') log.warn(`${found.why}; it is not used`);
      if (found.kind !== 'usable') continue;
      const issuedByUs = found.pair.cert.includes(authority.cert.trim());
      // Of a generated certificate there is no use once its authority is gone or its end is near.
      const stale =
        files === ownFiles && (issuedByUs ? expiresSoon(found.certificate) : madeByGuildNet(found.certificate));
      if (stale) continue;
      tellLacking(files.cert, found.certificate);
      return leafOf(found.pair);
    }
    const pair = await authority.issue(loopbackNames);
    await writePair(ownFiles, pair);
    log.info({ certificate: ownFiles.cert }, 'A new certificate was made');
    tellLacking(ownFiles.cert, new X509Certificate(pair.cert));
    return leafOf(pair);
  }

  let authority: Authority;
  let served: Leaf;
  let seen = '';
  let changed = '';
  let renewed = Date.now();
  try {
    ({ authority } = await ownAuthority(authorityFiles, log));
    served = await choose(authority);
    seen = await marksOf(places);
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
      const marks = await marksOf(places);
      const now = Date.now();
      const { certificate } = served;
      const isDue = expiresSoon(certificate) && (now - renewed > renewalMs || Date.parse(certificate.validTo) <= now);
      // Certificate and key are two files: they are read once neither has changed since the last look.
      const isSettled = marks === changed;
      changed = marks;
      if ((marks !== seen && isSettled) || isDue) {
        const before = served.fingerprint;
        renewed = now;
        served = await choose(authority);
        // Of what was written just now, too.
        seen = await marksOf(places);
        if (served.fingerprint !== before) log.info('Another certificate is served from now on');
      }
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

/** By this it is seen that one of the files is another: written anew, put in its place, or gone. */
async function marksOf(places: readonly CertificateFiles[]): Promise<string> {
  const marks = places
    .flatMap(({ cert, key }) => [cert, key])
    .map(async (file) => {
      // What cannot be looked at is read, and explained, when something changes.
      const found = await stat(file, { bigint: true }).catch(() => undefined);
      return found === undefined ? '' : `${String(found.ino)}.${String(found.mtimeNs)}.${String(found.size)}`;
    });
  return (await Promise.all(marks)).join(' ');
}

function madeByGuildNet(certificate: X509Certificate): boolean {
  return certificate.issuer.includes('O=GuildNet');
}
