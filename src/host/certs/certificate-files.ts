import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readIfThere, replacePrivately } from '../private-file.ts';
import type { KeyPair } from './authority.ts';

export interface CertificateFiles {
  cert: string;
  key: string;
}

export type ReadPair =
  | { kind: 'absent' }
  | { kind: 'usable'; pair: KeyPair; certificate: X509Certificate }
  | { kind: 'unusable'; why: string };

/** Reads a certificate and its key and checks that they can serve: readable, belonging together, in their time. */
export async function readPair(files: CertificateFiles, now = new Date()): Promise<ReadPair> {
  try {
    const [cert, key] = await Promise.all([readIfThere(files.cert), readIfThere(files.key)]);
    if (cert === undefined && key === undefined) return { kind: 'absent' };
    if (cert === undefined) return { kind: 'unusable', why: `${files.cert} is missing beside its key` };
    if (key === undefined) return { kind: 'unusable', why: `${files.key} is missing beside its certificate` };
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) {
      return { kind: 'unusable', why: `${files.key} is not the key of ${files.cert}` };
    }
    if (Date.parse(certificate.validTo) <= now.getTime()) {
      return { kind: 'unusable', why: `${files.cert} expired on ${certificate.validTo}` };
    }
    if (Date.parse(certificate.validFrom) > now.getTime()) {
      return { kind: 'unusable', why: `${files.cert} is not valid before ${certificate.validFrom}` };
    }
    return { kind: 'usable', pair: { cert, key }, certificate };
  } catch (error) {
    return { kind: 'unusable', why: `${files.cert} or its key cannot be read: ${(error as Error).message}` };
  }
}

/** Writes a pair so that only the owner can read it. */
export async function writePair(files: CertificateFiles, pair: KeyPair): Promise<void> {
  await mkdir(dirname(files.key), { recursive: true, mode: 0o700 });
  await replacePrivately(files.key, pair.key);
  await replacePrivately(files.cert, pair.cert);
}
