import type { LogLine } from '#contract/logs.ts';

/** As many lines are kept in the page at most, and as much text, in UTF-16 code units: a program may print for ever. */
export const mostKept = 2_000;
const mostText = 2 * 1024 * 1024;

/** The lines that are kept with these added: the newest that fit. Pure; a line stays the same object. */
export function keptLines(lines: readonly LogLine[], added: readonly LogLine[]): readonly LogLine[] {
  const all = [...lines, ...added].slice(-mostKept);
  let text = 0;
  const tooOld = all.findLastIndex(({ msg }) => (text += msg.length) > mostText);
  // The newest stays, however long.
  return tooOld === -1 ? all : all.slice(Math.min(tooOld + 1, all.length - 1));
}

/** Those that have the words in them, whatever their case; what the host says stays. */
export function matchingLines(lines: readonly LogLine[], search: string): readonly LogLine[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return lines;
  return lines.filter(({ msg, notice }) => notice !== undefined || msg.toLowerCase().includes(wanted));
}

/** Lines as they are pasted elsewhere: with their time. */
export function copiedText(lines: readonly LogLine[]): string {
  return lines.map(({ t, msg }) => `${t} ${msg}\n`).join('');
}

/** `08:00:00.123` where this page is. */
export function clockTime(t: string): string {
  const time = new Date(t);
  if (Number.isNaN(time.getTime())) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}
