import { randomBytes } from 'node:crypto';
import type { V1Secret } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import { secretEntries } from '../kube/secret-entries.ts';

/** On a Secret: its entries are random ones of ours. */
export const generatedMark = { [annotations.password]: 'generated' } as const;

const bytes = 24;

export function newPassword(): string {
  return randomBytes(bytes).toString('base64url');
}

/** The entries of a Secret that we have made up, as text; undefined for any other. */
export function generatedEntries(secret: V1Secret | undefined): Record<string, string> | undefined {
  if (secret?.metadata?.annotations?.[annotations.password] !== generatedMark[annotations.password]) return undefined;
  return secretEntries(secret);
}
