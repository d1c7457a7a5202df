import { createHash } from 'node:crypto';
import { z } from 'zod';
import { listOf, mapOf, textOf } from '#contract/bounded.ts';

const name = textOf(256);
const value = textOf(8_192);

/** What is written beside the bytes of an asset. The file may be anybody's who may write as this user: it is checked like everything from outside. */
export const keptEntrySchema = z.strictObject({
  version: z.literal(1),
  /** The workspace that said it (uid), and the image that it runs (digest). */
  workspace: textOf(128).min(1),
  image: textOf(1_024).min(1),
  port: z.int().min(1).max(65_535),
  /** Of path and query, as `addressOf` makes it. */
  address: textOf(64).min(1),
  selectedBy: mapOf(name, value, 8),
  headers: mapOf(name, listOf(value, 32), 128),
  /** Milliseconds since the epoch. */
  storedAt: z.number().min(0),
  size: z.int().min(0),
  /** SHA-256 of the bytes, hex: what the file of the bytes is called. */
  hash: textOf(64).regex(/^[0-9a-f]{64}$/),
});
export type KeptEntry = z.infer<typeof keptEntrySchema>;

/** Whose asset it is, and which. */
export type AssetPlace = Pick<KeptEntry, 'workspace' | 'image' | 'port' | 'address'>;

/** The same, before anything has to stand for its path. */
export type AskedPlace = Pick<AssetPlace, 'workspace' | 'image' | 'port'> & { path: string };

/** What stands for path and query: a query may hold a token, which is nobody's to read on a disk or in a log. */
export function addressOf(path: string): string {
  return createHash('sha256').update(path, 'latin1').digest('base64url');
}
