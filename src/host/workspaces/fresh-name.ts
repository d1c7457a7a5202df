import { randomBytes } from 'node:crypto';
import { GuildNetError } from '#contract/errors.ts';
import { suffixedName } from '#contract/names.ts';

/** Names end in five random hex digits: two collisions in a row are one in a million, five do not happen. */
const attempts = 5;

/**
 * Makes something under `<base>-<5 hex>` and resolves with that name; one that `make` finds taken is tried again with another
 * suffix (specification, "Names"). Rejects with `create_failed` when all of five are, and with what `make` rejects with.
 */
export async function underFreshName(
  base: string,
  make: (name: string) => Promise<'created' | 'taken'>,
  randomHex = (): string => randomBytes(3).toString('hex'),
): Promise<string> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const name = suffixedName(base, randomHex());
    if ((await make(name)) === 'created') return name;
  }
  throw new GuildNetError('create_failed', `No free name was found for "${base}".`, {
    remedy: 'Try again, or use another name.',
  });
}
