export interface BrokenDownload {
  folder: string;
  /** Bytes that the folder's disk has left; undefined: it could not be asked. */
  free: number | undefined;
  isWritable: boolean;
  /** Bytes that were still to come; 0: nobody knows. */
  missing: number;
}

/** Under this many bytes a disk is full for every purpose. */
const nextToNothing = 1_000_000;

/** Why a download ended too early. Chromium does not tell the app, so it is read off the disk; what is left is the connection. */
export function downloadProblem({ folder, free, isWritable, missing }: BrokenDownload): {
  message: string;
  remedy: string;
} {
  if (!isWritable) {
    return {
      message: `The file could not be written into ${folder}.`,
      remedy: 'Choose another folder for downloads, and download it again.',
    };
  }
  if (free !== undefined && free < Math.max(missing, nextToNothing)) {
    return {
      message: `The disk of ${folder} is full.`,
      remedy: 'Make room on it or choose another folder for downloads, and download the file again.',
    };
  }
  return {
    message: 'The connection to the workspace ended before the file was whole.',
    remedy: 'Download it again once the workspace runs.',
  };
}
