/** What is typed, with `~.` behind a new line taken as the order to leave, as in ssh(1): a way out where nothing else answers. */
export interface EscapeKeys {
  /** What of a chunk is for the program, and whether the person leaves. */
  read(chunk: Uint8Array): { input: Uint8Array; leaves: boolean };
}

const tilde = 0x7e;
const dot = 0x2e;
const newLines = new Set([0x0a, 0x0d]);

/** `~~` is a single tilde, and a tilde before anything else is itself. */
export function createEscapeKeys(): EscapeKeys {
  let isAtStart = true;
  let isHeld = false;
  return {
    read(chunk) {
      const input: number[] = [];
      for (const byte of chunk) {
        if (isHeld) {
          isHeld = false;
          if (byte === dot) return { input: Uint8Array.from(input), leaves: true };
          input.push(tilde);
          if (byte === tilde) continue;
        } else if (isAtStart && byte === tilde) {
          isHeld = true;
          isAtStart = false;
          continue;
        }
        input.push(byte);
        isAtStart = newLines.has(byte);
      }
      return { input: Uint8Array.from(input), leaves: false };
    },
  };
}
