import { timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are the same, in a time that says nothing about where they differ. Ours of one kind are all equally long, which
 * is no secret, so that another length may be told at once.
 */
export function sameSecret(one: string, other: string): boolean {
  const [shown, known] = [Buffer.from(one), Buffer.from(other)];
  return shown.length === known.length && timingSafeEqual(shown, known);
}
