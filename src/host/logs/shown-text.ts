import { cutText } from '#contract/bounded.ts';
import { longestLogLine } from '#contract/logs.ts';
import { printable } from '#contract/printable.ts';

/** What terminals take for orders (ECMA-48): colours and cursor moves, titles and links, and single ones. */
// oxlint-disable-next-line no-control-regex -- control characters are what it takes away
const orders = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)|\u001B[ -/]*[0-~]/g;

/**
 * A line of a program as it may be shown anywhere: no colours or other orders for a terminal, no control characters and none that
 * turn the order of reading, without the secrets that `clean` knows, and of bounded length. A carriage return inside it, by which
 * progress bars write over themselves, is made visible: what stands before it is not hidden.
 */
export function shownText(text: string, clean: (text: string) => string): string {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  return cutText(clean(printable(line.replaceAll(orders, '').replaceAll('\r', '␍'))), longestLogLine);
}
