import { t } from '../words/words.ts';

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
      message: t().downloads.notWritable(folder),
      remedy: t().downloads.notWritableRemedy,
    };
  }
  if (free !== undefined && free < Math.max(missing, nextToNothing)) {
    return {
      message: t().downloads.full(folder),
      remedy: t().downloads.fullRemedy,
    };
  }
  return {
    message: t().downloads.broke,
    remedy: t().downloads.brokeRemedy,
  };
}
