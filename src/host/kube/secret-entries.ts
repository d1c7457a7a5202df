import { Buffer } from 'node:buffer';
import type { V1Secret } from '@kubernetes/client-node';

/** The entries of a Secret as text; the API has them in base64. None of no Secret. */
export function secretEntries(secret: V1Secret | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secret?.data ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64').toString('utf8')]),
  );
}
