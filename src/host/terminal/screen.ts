// By their files: what these packages name as their entries is CommonJS whose names Node cannot see ahead, and a bundler is told of a
// file that is not there.
import { SerializeAddon } from '@xterm/addon-serialize/lib/addon-serialize.mjs';
import { Terminal } from '@xterm/headless/lib-headless/xterm-headless.mjs';
import type { TerminalSize } from '#contract/terminal.ts';

/** What a terminal shows, kept without one. */
export interface Screen {
  readonly size: TerminalSize;
  readonly title: string;
  /** Bytes that were written and not yet looked at. */
  readonly pending: number;
  write(chunk: Buffer): void;
  /** What was written so far has been looked at. */
  settled(): Promise<void>;
  resize(size: TerminalSize): void;
  /** What brings an empty terminal of this size to the same state, scrollback included. Only of what has settled. */
  serialize(): string;
  close(): void;
}

/** Lines that have scrolled off, and cells of them: each takes 12 bytes, so that a session keeps 6 MB at most. */
const mostLines = 5_000;
const mostCells = 500_000;

/** How many lines off the screen are kept for a terminal so wide. */
export function scrollbackOf({ cols }: TerminalSize): number {
  return Math.min(mostLines, Math.floor(mostCells / cols));
}

const longestTitle = 200;

/** `onAnswer`: what a terminal answers to a program's questions (where the cursor is, what it can do), and `onTaken`: less is pending. */
export function createScreen(
  size: TerminalSize,
  { onAnswer, onTaken }: { onAnswer(text: string): void; onTaken(): void },
): Screen {
  const terminal = new Terminal({ ...size, scrollback: scrollbackOf(size), allowProposedApi: true });
  const serializer = new SerializeAddon();
  terminal.loadAddon(serializer);
  let shown = size;
  let title = '';
  let pending = 0;
  terminal.onTitleChange((text) => (title = text.slice(0, longestTitle)));
  terminal.onData(onAnswer);
  return {
    get size() {
      return shown;
    },
    get title() {
      return title;
    },
    get pending() {
      return pending;
    },
    write(chunk) {
      pending += chunk.length;
      terminal.write(chunk, () => {
        pending -= chunk.length;
        onTaken();
      });
    },
    settled: () => new Promise((resolve) => terminal.write('', resolve)),
    resize(next) {
      shown = next;
      terminal.options.scrollback = scrollbackOf(next);
      terminal.resize(next.cols, next.rows);
    },
    serialize: () => serializer.serialize({ scrollback: scrollbackOf(shown) }),
    close: () => terminal.dispose(),
  };
}
