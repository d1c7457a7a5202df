import { Buffer } from 'node:buffer';
import { longestLogLine } from '#contract/logs.ts';
import { canonicalTime } from './position.ts';

/** A line as the kubelet sends it with `timestamps=true`. */
export interface RawLine {
  /** Undefined for words of the kubelet's own, which it puts between the lines. */
  time: string | undefined;
  text: string;
}

export interface LineSplitter {
  /** The lines that end in this chunk, and one that has grown too long. */
  push(chunk: Buffer): RawLine[];
  /** The last line, where it has no end. */
  end(): RawLine[];
}

/** Four bytes a character at most, the time before it, and enough behind it that a secret is not cut in half before it is masked. */
const mostBytes = longestLogLine * 4 + 64 + 1_024;
const newline = 10;

/**
 * Cuts a stream into lines without ever holding more than one of bounded length: of a line that is longer the rest is thrown away as
 * it comes, and its beginning is handed out at once, since its end may never come. What is not UTF-8 becomes U+FFFD.
 */
export function createLineSplitter(): LineSplitter {
  let held: Buffer[] = [];
  let bytes = 0;
  let skipping = false;

  function take(): RawLine {
    const line = rawLine((held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held)).toString('utf8'));
    held = [];
    bytes = 0;
    return line;
  }

  return {
    push(chunk) {
      const lines: RawLine[] = [];
      let start = 0;
      while (start < chunk.length) {
        const end = chunk.indexOf(newline, start);
        const part = chunk.subarray(start, end === -1 ? chunk.length : end);
        if (!skipping && part.length > 0) {
          const kept = part.subarray(0, mostBytes - bytes);
          held.push(kept);
          bytes += kept.length;
          if (bytes >= mostBytes) {
            lines.push(take());
            skipping = true;
          }
        }
        if (end === -1) break;
        if (skipping) skipping = false;
        else lines.push(take());
        start = end + 1;
      }
      // A view of the chunk would keep all of it alive.
      if (held.length > 0) held = [Buffer.concat(held)];
      return lines;
    },
    end() {
      return bytes === 0 ? [] : [take()];
    },
  };
}

function rawLine(line: string): RawLine {
  const space = line.indexOf(' ');
  const time = space === -1 || space > 40 ? undefined : canonicalTime(line.slice(0, space));
  return time === undefined ? { time, text: line } : { time, text: line.slice(space + 1) };
}
