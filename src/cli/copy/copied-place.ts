import { posix } from 'node:path';

/** One side of a copy: a path on this machine, or in a workspace. */
export type CopiedPlace = { kind: 'here'; path: string } | { kind: 'there'; id: string; path: string };

/**
 * Reads `ID:path` as a path in a workspace and everything else as one on this machine, as scp does: what has a slash before its first colon,
 * and on Windows a single letter, which is a drive, is here. `ID:` alone is the directory that its programs start in.
 */
export function copiedPlace(text: string, platform: NodeJS.Platform = process.platform): CopiedPlace {
  const { id, path } = /^(?<id>[a-z0-9][a-z0-9.@-]{0,252}):(?<path>.*)$/s.exec(text)?.groups ?? {};
  if (id === undefined || path === undefined || (platform === 'win32' && id.length === 1))
    return { kind: 'here', path: text };
  return { kind: 'there', id, path: path === '' ? '.' : path };
}

/** Where a path in a container lies and how it is called there; without a name of its own (`.`, `/`, `a/..`) all that is in it is meant. */
export function split(path: string): { directory: string; name: string | undefined } {
  const whole = posix.normalize(path).replace(/(?<=.)\/+$/, '');
  const name = posix.basename(whole);
  if (name === '' || name === '.' || name === '..') return { directory: whole, name: undefined };
  return { directory: posix.dirname(whole), name };
}
