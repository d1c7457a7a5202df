import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { ShownAuthority } from '#contract/authority.ts';
import { readIfThere } from '../private-file.ts';
import { namesAuthorityFile } from './names-authority-file.ts';

/** The authorities in the folder of the generated certificates: that for loopback, and that for other names where there is one. */
export function authorityFiles(folder: string): string[] {
  return [join(folder, 'ca.crt'), namesAuthorityFile(folder)];
}

/** Those that are there, in that order. */
export async function shownAuthorities(folder: string): Promise<ShownAuthority[]> {
  const texts = await Promise.all(authorityFiles(folder).map(readIfThere));
  return texts.filter((text) => text !== undefined).map(shown);
}

function shown(text: string): ShownAuthority {
  const certificate = new X509Certificate(text);
  const { subject, fingerprint256, validTo } = certificate;
  return {
    name: /^CN=(.*)$/m.exec(subject)?.[1] ?? subject,
    fingerprint: fingerprint256,
    valid_to: new Date(validTo).toISOString(),
    certificate: certificate.toString(),
  };
}
