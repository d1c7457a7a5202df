import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { readIfThere, replacePrivately } from '../private-file.ts';
import { createAuthority, loopbackNames, openAuthority } from './authority.ts';
import type { Authority } from './authority.ts';
import { readPair, writePair } from './certificate-files.ts';
import { namesAuthorityFile } from './names-authority-file.ts';

const namesSchema = listOf(textOf(longest.name), 256);

/** The authority for names that are not loopback. */
export interface NamesAuthority {
  authority: Authority;
  /** Its certificate: for whoever is to trust it. */
  file: string;
  /** It is a new one: who trusted the one before has to be told of this. */
  made: boolean;
}

/**
 * The authority that may sign for these names and loopback, and for no others. The one that is there is kept while it covers them; a new one covers
 * what the old one did as well. What it may sign for stands beside it and in its certificate, which is what verifiers go by.
 */
export async function openNamesAuthority(folder: string, names: readonly string[]): Promise<NamesAuthority> {
  const file = namesAuthorityFile(folder);
  const files = { cert: file, key: join(folder, 'names-ca.key') };
  const list = join(folder, 'names-ca.json');
  const known = await readNames(list);
  const found = await readPair(files);
  if (found.kind === 'usable' && names.every((name) => known.includes(name))) {
    try {
      return { authority: openAuthority(found.pair), file, made: false };
    } catch (error) {
      // About to expire, or no P-256 key: another one takes its place.
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    }
  }
  const all = [...new Set([...known, ...names])];
  // Loopback as well: of a kind that is not named at all everything would be permitted (RFC 5280, 4.2.1.10).
  const pair = await createAuthority(new Date(), [...new Set([...all, ...loopbackNames])]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writePair(files, pair);
  await replacePrivately(list, `${JSON.stringify(all)}\n`);
  return { authority: openAuthority(pair), file, made: true };
}

async function readNames(file: string): Promise<string[]> {
  const text = await readIfThere(file);
  if (text === undefined) return [];
  try {
    const parsed = namesSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : [];
  } catch (error) {
    // Spoilt: then the authority is made anew for what is asked.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
