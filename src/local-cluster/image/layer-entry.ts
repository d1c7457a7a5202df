import type { Header } from 'tar-stream';

export type LayerEntry = Partial<Header> & Pick<Header, 'name'>;

export interface FileFacts {
  /** Path inside the image, without a leading slash. */
  path: string;
  kind: 'file' | 'directory' | 'symlink';
  mode: number;
  size: number;
  /** Target of a symbolic link. */
  target?: string;
}

/** Files below `path` belong to this user. */
export interface Ownership {
  path: string;
  uid: number;
  gid: number;
}

/**
 * How a file goes into a layer: no times and no names of this machine, so that equal files make equal layers; root's unless said
 * otherwise; without set-user-id and set-group-id bits, since nobody in our images is meant to become somebody else.
 */
export function layerEntry(file: FileFacts, ownership: readonly Ownership[]): LayerEntry {
  const owner = ownership.find(({ path }) => file.path === path || file.path.startsWith(`${path}/`));
  const sticky = file.kind === 'directory' ? file.mode & 0o1000 : 0;
  return {
    name: file.kind === 'directory' ? `${file.path}/` : file.path,
    type: file.kind,
    mode: (file.mode & 0o777) | sticky,
    uid: owner?.uid ?? 0,
    gid: owner?.gid ?? 0,
    mtime: new Date(0),
    size: file.kind === 'file' ? file.size : 0,
    ...(file.target === undefined ? {} : { linkname: file.target }),
  };
}
