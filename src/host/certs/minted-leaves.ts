import type { Authority } from './authority.ts';
import { expiresSoon, leafOf } from './leaf.ts';
import type { Leaf } from './leaf.ts';

/** Host names are chosen by whoever connects: keep no more than these. */
const maxMinted = 512;

/** Certificates for single host names, made when they are first asked for and kept in memory. */
export interface MintedLeaves {
  /** The certificate of this name, made or renewed if need be. Rejects when it cannot be signed; the next call tries again. */
  leafFor(name: string): Promise<Leaf>;
  /** The fingerprint that was last served under this name. */
  fingerprintOf(name: string): string | undefined;
}

export function createMintedLeaves(authority: Authority): MintedLeaves {
  const minted = new Map<string, Leaf>();
  const underWay = new Map<string, Promise<Leaf>>();

  async function mint(name: string): Promise<Leaf> {
    try {
      const leaf = leafOf(await authority.issue([name]));
      minted.delete(name);
      minted.set(name, leaf);
      const oldest = minted.keys().next();
      if (minted.size > maxMinted && oldest.done !== true) minted.delete(oldest.value);
      return leaf;
    } finally {
      underWay.delete(name);
    }
  }

  return {
    async leafFor(name) {
      const known = minted.get(name);
      if (known !== undefined && !expiresSoon(known.certificate)) return known;
      // A browser opens several connections at once. They share one certificate: of two, only the last would be trusted.
      const minting = underWay.get(name) ?? mint(name);
      underWay.set(name, minting);
      return minting;
    },
    fingerprintOf: (name) => minted.get(name)?.fingerprint,
  };
}
