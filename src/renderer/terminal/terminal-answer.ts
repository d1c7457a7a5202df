/** CSI with the final byte of a report (ECMA-48, DEC's and xterm's), or a string: DCS or OSC. */
const report = /^(?:\[[?>]?[\d;]*\$?[Rcnty]$|[P\]])/;

/** Whether what a terminal sends is its answer to a program's question (where the cursor is, what it can do) rather than what somebody types. */
export function isAnswer(text: string): boolean {
  return text.startsWith('\u001b') && report.test(text.slice(1));
}
