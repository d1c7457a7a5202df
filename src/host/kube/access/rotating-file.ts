import { readFile, stat } from 'node:fs/promises';

/** Kubelets renew tokens minutes before they end, and tools replace certificates by renaming: this often is enough to look. */
const lookEveryMs = 10_000;
/** Larger than any token or bundle of certificates. */
const mostBytes = 4 * 1_048_576;

/** A file whose content others replace while we use it. */
export interface RotatingFile {
  readonly path: string;
  /** The content, ten seconds old at most; when it cannot be read any more, the last that could (client-go, cachingTokenSource). Rejects with the system's error. */
  read(): Promise<Buffer>;
  /** What was read may be of no use any more: looks again at the next reading. */
  forget(): void;
}

/** `now` is a clock that never goes back, in milliseconds. */
export function rotatingFile(path: string, now: () => number = () => performance.now()): RotatingFile {
  let known: { content: Buffer; at: number } | undefined;
  return {
    path,
    async read() {
      if (known !== undefined && now() - known.at < lookEveryMs) return known.content;
      try {
        known = { content: await readBounded(path), at: now() };
      } catch (error) {
        if (known === undefined) throw error;
      }
      return known.content;
    },
    forget() {
      if (known !== undefined) known = { content: known.content, at: Number.NEGATIVE_INFINITY };
    },
  };
}

async function readBounded(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > mostBytes) throw new RangeError('it is larger than 4 MiB');
  return readFile(path);
}
