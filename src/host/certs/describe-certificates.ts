import { join } from 'node:path';
import { readPair } from './certificate-files.ts';
import type { ReadPair } from './certificate-files.ts';
import { leafOf } from './leaf.ts';

/** One of the places where a certificate may be, in the order in which they are taken (specification, "Security & TLS"). */
export interface CertificatePlace {
  file: string;
  key: string;
  /** The user's own; GuildNet makes the others. */
  own: boolean;
}

export function certificatePlaces(home: string, certsFolder: string): CertificatePlace[] {
  const state = join(home, 'state', 'certs');
  return [
    { folder: certsFolder, stem: 'server', own: true },
    { folder: certsFolder, stem: 'dev', own: true },
    { folder: state, stem: 'server', own: false },
  ].map(({ folder, stem, own }) => ({ file: join(folder, `${stem}.crt`), key: join(folder, `${stem}.key`), own }));
}

export interface DescribedCertificate {
  file: string;
  /** served: the one that a host here takes. spare: it could be served, but another one comes first. */
  state: 'served' | 'spare' | 'unusable' | 'absent';
  /** Why it cannot be used. */
  why?: string;
  /** Subject alternative names, as OpenSSL writes them. */
  names?: string;
  issuer?: string;
  valid_to?: string;
  fingerprint?: string;
}

/** What stands in each place. */
export async function describeCertificates(places: readonly CertificatePlace[]): Promise<DescribedCertificate[]> {
  const read = await Promise.all(places.map(({ file, key }) => readPair({ cert: file, key })));
  const first = read.findIndex(({ kind }) => kind === 'usable');
  return places.map(({ file }, index) => {
    const one = read[index];
    return one === undefined ? { file, state: 'absent' } : described(file, one, index === first);
  });
}

function described(file: string, read: ReadPair, isServed: boolean): DescribedCertificate {
  if (read.kind === 'absent') return { file, state: 'absent' };
  if (read.kind === 'unusable') return { file, state: 'unusable', why: read.why };
  const { subjectAltName = '', issuer, validTo } = read.certificate;
  return {
    file,
    state: isServed ? 'served' : 'spare',
    names: subjectAltName,
    issuer: issuer.replaceAll('\n', ', '),
    valid_to: new Date(validTo).toISOString(),
    fingerprint: leafOf(read.pair).fingerprint,
  };
}
