import type { ExecListener } from './open-exec.ts';

type OutputStream = Parameters<ExecListener['output']>[0];

/** No text has it: a private character, whose first byte stands nowhere else in UTF-8 (Unicode 17, plane 16). */
const rare = '\u{10fffd}';
const rareByte = 0xf4;
const longestCode = 3;
const newline = 0x0a;
/** The two halves of a word that was written at once do not come further apart, in ms. */
const patienceMs = 3_000;

/** What stands before the code in the word by which the starting shell says that its program has ended. */
export function endWord(mark: string): string {
  return `${rare}${mark}:`;
}

/** Takes the words of the starting shell out of what its program prints. */
export interface SaidEnd {
  output(stream: OutputStream, chunk: Buffer): void;
  /** Nothing more will come: what may have been the beginning of a word was none. */
  flush(): void;
}

/**
 * Reads the output of a program whose starting shell says on both streams that it has ended: `endWord`, its code, a line feed. All else
 * goes to `pass` as it came, and what comes after it, of programs in the background, too. `said`: once, when both streams have said it,
 * and so all that the program has printed has come.
 */
export function readSaidEnd(
  mark: string,
  { pass, said }: { pass: ExecListener['output']; said: (code: number) => void },
): SaidEnd {
  const word = Buffer.from(endWord(mark));
  const heard = new Set<OutputStream>();
  const held = new Map<OutputStream, { bytes: Buffer; timer: NodeJS.Timeout }>();

  function release(stream: OutputStream): Buffer {
    const waiting = held.get(stream);
    clearTimeout(waiting?.timer);
    held.delete(stream);
    return waiting?.bytes ?? Buffer.alloc(0);
  }

  function passOn(stream: OutputStream, bytes: Buffer): void {
    if (bytes.length > 0) pass(stream, bytes);
  }

  function output(stream: OutputStream, chunk: Buffer): void {
    if (heard.has(stream)) return passOn(stream, chunk);
    const before = release(stream);
    const bytes = before.length === 0 ? chunk : Buffer.concat([before, chunk]);
    const found = findWord(bytes, word);
    passOn(stream, bytes.subarray(0, found.at));
    if (found.kind === 'whole') {
      heard.add(stream);
      passOn(stream, bytes.subarray(found.end));
      if (heard.size === 2) said(found.code);
    } else if (found.at < bytes.length) {
      const timer = setTimeout(() => passOn(stream, release(stream)), patienceMs).unref();
      held.set(stream, { bytes: Buffer.from(bytes.subarray(found.at)), timer });
    }
  }

  return {
    output,
    flush() {
      for (const stream of [...held.keys()]) passOn(stream, release(stream));
    },
  };
}

type Found = { kind: 'whole'; at: number; end: number; code: number } | { kind: 'none' | 'begun'; at: number };

/** Where the word is, or where one may have begun that has yet to come whole. */
function findWord(bytes: Buffer, word: Buffer): Found {
  const at = bytes.indexOf(word);
  if (at === -1) {
    const last = bytes.lastIndexOf(rareByte);
    const mayBe = last !== -1 && word.subarray(0, bytes.length - last).equals(bytes.subarray(last));
    return mayBe ? { kind: 'begun', at: last } : { kind: 'none', at: bytes.length };
  }
  const from = at + word.length;
  const end = bytes.indexOf(newline, from);
  if (end === -1 && bytes.length - from <= longestCode) return { kind: 'begun', at };
  const code = bytes.subarray(from, end === -1 ? undefined : end).toString('latin1');
  if (end === -1 || !/^\d{1,3}$/.test(code)) return { kind: 'none', at: bytes.length };
  return { kind: 'whole', at, end: end + 1, code: Number(code) };
}
