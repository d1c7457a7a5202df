import { randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { Log } from '../observability/log.ts';
import { readIfThere } from '../private-file.ts';

/** 256 bits, so that nobody guesses it (RFC 6750, 5.2 asks for what cannot be guessed). */
const bytes = 32;
const form = /^[\w-]{43}$/;
const othersMayRead = 0o077;

function unusable(path: string, why: string, cause?: unknown): GuildNetError {
  return new GuildNetError('bad_config', `${path} ${why}.`, {
    remedy: 'Remove it, and a new one is made at the next start; whoever used the old one has to read it again.',
    details: { file: path },
    cause,
  });
}

async function existing(path: string): Promise<string | undefined> {
  try {
    return await readIfThere(path);
  } catch (error) {
    throw unusable(path, `cannot be read: ${(error as Error).message}`, error);
  }
}

/**
 * The secret in this file: 32 random bytes as base64url, for its owner's eyes only (mode 0600). Made when it is not there;
 * two hosts that start at the same time get the same. One that others could have read is replaced, and the log says so.
 * Throws `bad_config` when the file cannot be used.
 */
export async function openSecretFile(path: string, log: Log): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const found = await existing(path);
  if (found !== undefined) {
    const { mode } = await lstat(path);
    // Windows has no such bits; there the folder of the person is what keeps others out.
    const safe = process.platform === 'win32' || (mode & othersMayRead) === 0;
    if (!safe) {
      log.warn({ file: path }, 'A secret could be read by other users of this computer; it is replaced by a new one');
      await rm(path);
    } else if (form.test(found.trim())) {
      return found.trim();
    } else {
      throw unusable(path, 'does not hold a secret of this host');
    }
  }
  const secret = randomBytes(bytes).toString('base64url');
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, `${secret}\n`, { mode: 0o600 });
  // An umask can only take away; a mount may add.
  await chmod(aside, 0o600);
  try {
    // Linked and not renamed: whoever comes second finds the first one's.
    await link(aside, path);
    return secret;
  } catch (error) {
    const first = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await existing(path) : undefined;
    if (first === undefined || !form.test(first.trim())) throw unusable(path, 'cannot be made', error);
    return first.trim();
  } finally {
    await rm(aside, { force: true });
  }
}
