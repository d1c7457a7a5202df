import { createHash } from 'node:crypto';
import { toDnsLabel } from '#contract/names.ts';

/** It stands in ids, and in host names of 63 characters beside a workspace's name. */
const longestLabel = 20;
const hashLength = 6;

/**
 * The DNS label that stands for a context in ids (`name@label`) and host names (`name---label`): its own name where that is one, otherwise what
 * is left of it and a piece of its hash, so that two that come to the same are told apart. It never holds two dashes in a row. Pure.
 */
export function contextLabel(name: string): string {
  const plain = toDnsLabel(name);
  if (plain === name && plain.length <= longestLabel) return plain;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  return `${toDnsLabel(name, longestLabel - hashLength - 1) || 'context'}-${hash}`;
}
