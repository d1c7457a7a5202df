/** What of an archive's entry is looked at (tar-stream's header). */
export interface ArchiveEntry {
  name: string;
  type?: string | null | undefined;
  linkname?: string | null | undefined;
}

/** What becomes of an entry; `path` is where, below what was asked for, part by part. */
export type PlannedEntry =
  | { kind: 'file' | 'directory'; path: string[] }
  /** `target` as it was, which stays within what was asked for. */
  | { kind: 'symlink'; path: string[]; target: string }
  /** The same content as another file of the archive. */
  | { kind: 'copy'; path: string[]; of: string[] }
  /** Nothing for this machine: devices, pipes, headers. */
  | { kind: 'skipped'; why: string }
  /** Nothing that an honest archive has. */
  | { kind: 'refused'; why: string };

export interface Expected {
  /** The one name at the top that was asked for; undefined: all that is in a directory, below `.`. */
  top: string | undefined;
  platform: NodeJS.Platform;
}

const refused = (why: string): PlannedEntry => ({ kind: 'refused', why });

/** Names that Windows keeps for devices, and characters that mean something else there. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const odd = /[<>:"|?*\\]|[ .]$/;

/**
 * Decides what becomes of an entry of an archive that a workspace has made, which may be hostile: nothing leads out of what was asked for,
 * neither by its name nor by a link (CVE-2019-1002101 and those after it, of `kubectl cp`).
 */
export function plannedEntry(entry: ArchiveEntry, { top, platform }: Expected): PlannedEntry {
  const path = partsOf(entry.name, platform);
  if (typeof path === 'string') return refused(path);
  const below = belowTop(path, top);
  if (below === undefined) return refused('it is not what was asked for');
  switch (entry.type ?? 'file') {
    case 'file':
    case 'contiguous-file':
      return below.length === 0 && top === undefined
        ? refused('a file in place of a directory')
        : { kind: 'file', path: below };
    case 'directory':
      return { kind: 'directory', path: below };
    case 'symlink':
      return symlink(below, entry.linkname ?? '', platform);
    case 'link': {
      const of = partsOf(entry.linkname ?? '', platform);
      const source = typeof of === 'string' ? undefined : belowTop(of, top);
      return source === undefined
        ? refused('it is a link to something else')
        : { kind: 'copy', path: below, of: source };
    }
    default:
      return { kind: 'skipped', why: `it is a ${String(entry.type)}` };
  }
}

function belowTop(path: string[], top: string | undefined): string[] | undefined {
  if (top === undefined) return path;
  return path[0] === top ? path.slice(1) : undefined;
}

/** The parts of a name; in words, what is wrong with it. */
function partsOf(name: string, platform: NodeJS.Platform): string[] | string {
  if (name.includes('\0')) return 'its name has a NUL';
  if (name.startsWith('/')) return 'its name is absolute';
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return 'its name leads upwards';
  if (platform === 'win32' && parts.some((part) => odd.test(part) || reserved.test(part)))
    return 'its name is none on Windows';
  return parts;
}

/**
 * A link may go up as far as the top and then down, in this order: `..` behind the name of another link would go up from where that leads.
 * The top itself is no link: what is written later would go through it.
 */
function symlink(path: string[], target: string, platform: NodeJS.Platform): PlannedEntry {
  const outside = refused(`it is a link that leads out of what was asked for ("${target.slice(0, 100)}")`);
  if (path.length === 0) return refused('it is a link in place of what was asked for');
  if (target === '' || target.startsWith('/') || target.includes('\0')) return outside;
  if (platform === 'win32' && odd.test(target.replaceAll('/', '.x'))) return outside;
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const ups = parts.findIndex((part) => part !== '..');
  const up = ups === -1 ? parts.length : ups;
  if (parts.slice(up).includes('..') || up > path.length - 1) return outside;
  return { kind: 'symlink', path, target };
}
