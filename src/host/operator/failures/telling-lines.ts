/** A frame of a stack trace: Node and Java (`at …`), Python (`File "…"`), Go (`main.go:5 +0x1d`), Ruby (`from …`), and what was left out. */
const frame = /^\s+(?:at |from |\.\.\. \d+ )|^\s*File ".*", line \d+|^\s.*\.go:\d+(?: \+0x[0-9a-f]+)?$|^goroutine \d+ /;
/** What names an error: `TypeError: …`, `java.io.IOException`, `panic: …`, `FATAL …`, `error: …`. */
const error = /\b[\w.]*(?:Error|Exception)\b(?!:?\s*$)|^\s*(?:panic|fatal|error|critical)\b/i;
/** Lines that have the word in them and only introduce or point. */
const around = /^(?:Traceback|Emitted '|\s*throw |\s*raise )/;

/**
 * The lines of a program's last words that tell most, at most `most` of them, in their order: the last ones, without the
 * frames of a stack trace, and among them the one that names the error where there is one; the frames often are all that is last.
 */
export function tellingLines(lines: readonly string[], most: number): string[] {
  const told = lines.filter((line) => !frame.test(line));
  const last = told.slice(-most);
  const names = (line: string): boolean => error.test(line) && !around.test(line);
  if (last.some(names)) return last;
  const named = told.findLast(names);
  return named === undefined ? last : [named, ...told.slice(1 - most)];
}
