import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are the same, in a time that says nothing about where they differ. Hashed first, because the
 * comparison wants equal lengths and a length is a hint as well.
 */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
