import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Log } from '../observability/log.ts';
import { createAuthority, openAuthority } from './authority.ts';
import type { Authority, KeyPair } from './authority.ts';
import { readPair, writePair } from './certificate-files.ts';
import type { CertificateFiles } from './certificate-files.ts';
import { expiresSoon } from './leaf.ts';

/** The certificate of a host under a name and addresses that are not loopback, from an authority for these alone. */
export interface NamedCertificates {
  /** The authority's certificate, PEM: what a device has to trust once. */
  readonly authority: string;
  /** What is served, with its key; made anew when its end is near. */
  current(): Promise<KeyPair>;
}

/**
 * Opens, or at first makes, the authority for exactly these names and addresses, and its certificate. They lie in `folder` under a
 * name that is made of them, so that a host that comes back to a name is trusted there as before, and that an authority can never be
 * asked for what it may not sign. The key of the authority for loopback signs none of this: what a phone trusts is of no use here.
 */
export async function openNamedCertificates({
  folder,
  names,
  log,
}: {
  folder: string;
  names: readonly string[];
  log: Log;
}): Promise<NamedCertificates> {
  const mark = createHash('sha256').update(JSON.stringify(names.toSorted())).digest('hex').slice(0, 16);
  const filesOf = (stem: string): CertificateFiles => ({
    cert: join(folder, `${stem}-${mark}.crt`),
    key: join(folder, `${stem}-${mark}.key`),
  });
  const authority = await openOwn(filesOf('ca'), names, log);
  const files = filesOf('server');
  let served = await servedBefore(files, authority);
  return {
    authority: authority.cert,
    async current() {
      if (served !== undefined && !expiresSoon(served.certificate)) return served.pair;
      const pair = await authority.issue(names);
      await writePair(files, pair);
      served = await servedBefore(files, authority);
      return pair;
    },
  };
}

async function openOwn(files: CertificateFiles, names: readonly string[], log: Log): Promise<Authority> {
  const found = await readPair(files);
  let why = found.kind === 'unusable' ? found.why : undefined;
  if (found.kind === 'usable') {
    try {
      return openAuthority(found.pair);
    } catch (error) {
      why = `${files.cert}: ${(error as Error).message}`;
    }
  }
  if (why !== undefined)
    log.warn(
      { why },
      'Making a new certificate authority for the tailnet; devices that trust the old one have to be told',
    );
  const pair = await createAuthority(new Date(), names);
  await writePair(files, pair);
  return openAuthority(pair);
}

async function servedBefore(files: CertificateFiles, authority: Authority) {
  const found = await readPair(files);
  return found.kind === 'usable' && found.pair.cert.includes(authority.cert.trim()) ? found : undefined;
}
