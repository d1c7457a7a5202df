import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { largestTerminal, type TerminalSize } from '#contract/terminal.ts';
import type { TerminalSurface } from './follow-terminal.ts';
import { paletteOf } from './palette.ts';
import { makeStylesByScript } from './styles-by-script.ts';
import { isAnswer } from './terminal-answer.ts';

export interface XtermSurface extends TerminalSurface {
  focus(): void;
  /** Whether there is such a place, which is shown then. */
  find(text: string, direction: 'next' | 'previous'): boolean;
  endSearch(): void;
  selection(): string;
  /** The program wants arrows otherwise (DECCKM). */
  isApplicationMode(): boolean;
  close(): void;
}

export interface XtermOptions {
  onInput(text: string): void;
  onResize(size: TerminalSize): void;
  onTitle(title: string): void;
  /** A key that is the page's: copying and searching. True when it has been taken. */
  onKey(event: KeyboardEvent): boolean;
}

/** As many lines as the host keeps of a terminal of usual width. */
const scrollback = 5_000;

/** A link that a program shows: its text may be another address than where it leads, and that may be no page at all. */
function openLink(address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
}

/** A terminal in an element, as large as that is. */
export function openXterm(element: HTMLElement, options: XtermOptions): XtermSurface {
  makeStylesByScript();
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  const terminal = new Terminal({
    fontFamily: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: 13,
    scrollback,
    theme: paletteOf(scheme.matches),
    minimumContrastRatio: 4.5,
    cursorBlink: false,
    macOptionIsMeta: true,
    allowProposedApi: true,
    linkHandler: { activate: (_event, address) => openLink(address) },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new WebLinksAddon((_event, address) => openLink(address)));
  terminal.open(element);
  terminal.attachCustomKeyEventHandler((event) => event.type !== 'keydown' || !options.onKey(event));

  /** Answers to questions that have been answered are not typed. */
  let replaying = 0;
  let own: TerminalSize = { cols: terminal.cols, rows: terminal.rows };
  terminal.onData((text) => {
    if (replaying === 0 || !isAnswer(text)) options.onInput(text);
  });
  terminal.onTitleChange(options.onTitle);

  const fitNow = (): void => {
    const proposed = fit.proposeDimensions();
    if (proposed === undefined || Number.isNaN(proposed.cols) || element.clientWidth === 0) return;
    const cols = Math.max(1, Math.min(proposed.cols, largestTerminal.cols));
    const rows = Math.max(1, Math.min(proposed.rows, largestTerminal.rows));
    if (own.cols === cols && own.rows === rows) return;
    own = { cols, rows };
    terminal.resize(cols, rows);
    options.onResize(own);
  };
  fitNow();
  const observer = new ResizeObserver(fitNow);
  observer.observe(element);
  const recolour = (): void => {
    terminal.options.theme = paletteOf(scheme.matches);
  };
  scheme.addEventListener('change', recolour);

  return {
    get size() {
      return own;
    },
    write(bytes, isReplayed, taken) {
      if (isReplayed) replaying += 1;
      terminal.write(bytes, () => {
        if (isReplayed) replaying -= 1;
        taken();
      });
    },
    replace(screen, taken) {
      replaying += 1;
      terminal.reset();
      terminal.write(screen, () => {
        replaying -= 1;
        taken();
      });
    },
    resize: ({ cols, rows }) => terminal.resize(cols, rows),
    focus: () => terminal.focus(),
    find: (text, direction) => (direction === 'next' ? search.findNext(text) : search.findPrevious(text)),
    endSearch: () => search.clearDecorations(),
    selection: () => terminal.getSelection(),
    isApplicationMode: () => terminal.modes.applicationCursorKeysMode,
    close() {
      observer.disconnect();
      scheme.removeEventListener('change', recolour);
      terminal.dispose();
    },
  };
}
