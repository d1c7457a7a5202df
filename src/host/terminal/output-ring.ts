/** The last bytes of an output, by their place in all of it. */
export interface OutputRing {
  /** How many bytes there were in all: the place of the next. */
  readonly end: number;
  /** The place of the first that is still there. */
  readonly start: number;
  push(chunk: Buffer): void;
  /** At most `most` bytes from a place on; undefined when they are not all there, or were never printed. */
  from(place: number, most: number): Buffer | undefined;
}

/** Keeps at least the last `bytes`, as far as there were so many, and less than a chunk more. */
export function createOutputRing(bytes: number): OutputRing {
  const chunks: Buffer[] = [];
  let start = 0;
  let end = 0;
  return {
    get start() {
      return start;
    },
    get end() {
      return end;
    },
    push(chunk) {
      if (chunk.length === 0) return;
      // A copy: what it is a part of may be many times as large.
      chunks.push(Buffer.from(chunk));
      end += chunk.length;
      for (let first = chunks[0]; first !== undefined && end - start - first.length >= bytes; first = chunks[0]) {
        chunks.shift();
        start += first.length;
      }
    },
    from(place, most) {
      if (place < start || place > end) return undefined;
      const parts: Buffer[] = [];
      let at = start;
      let left = most;
      for (const chunk of chunks) {
        const skip = Math.max(0, place - at);
        at += chunk.length;
        if (skip >= chunk.length) continue;
        const part = chunk.subarray(skip, skip + left);
        parts.push(part);
        left -= part.length;
        if (left === 0) break;
      }
      return Buffer.concat(parts);
    },
  };
}
