import { extname, join, relative, sep } from 'node:path';
import { contentType } from '#host/api/content-types.ts';

export interface UiFile {
  readonly path: string;
  readonly type: string;
}

/** What `contentType` says of files that are no part of a page. */
const unknownType = 'application/octet-stream';

/**
 * The file below `root` that answers a URL path of the UI. A path without a file extension is a place inside the
 * single-page UI, so the page itself answers. Undefined: nothing of that name may be served, whether it exists or not.
 */
export function uiFile(root: string, pathname: string): UiFile | undefined {
  const decoded = decode(pathname);
  if (decoded === undefined || decoded.includes('\0') || decoded.includes('\\')) return undefined;
  if (extname(decoded) === '') return { path: join(root, 'index.html'), type: contentType('index.html') };
  const type = contentType(decoded);
  const path = join(root, decoded);
  const below = relative(root, path);
  if (type === unknownType || below === '' || below === '..' || below.startsWith(`..${sep}`)) return undefined;
  return { path, type };
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // A stray percent sign: no file of ours is called that.
    return undefined;
  }
}
