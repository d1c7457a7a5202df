import type { LogLine } from '#contract/logs.ts';
import { printable, printableJson } from '#contract/printable.ts';
import type { CliContext } from '../context.ts';
import type { Output } from '../output/output.ts';

/** One line of a log on stdout, with --json as one line of JSON; what the host itself says of the log is a note. */
export function printLine(
  { stdout }: Pick<CliContext, 'stdout'>,
  { json, note }: Pick<Output, 'json' | 'note'>,
  line: LogLine,
): void {
  if (json) stdout.write(`${printableJson(line)}\n`);
  else if (line.notice === undefined) stdout.write(`${printable(line.msg)}\n`);
  else note(`— ${line.msg}`);
}
