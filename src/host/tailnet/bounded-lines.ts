import type { Readable } from 'node:stream';

/**
 * Hands on each line of a UTF-8 stream. A line of more than `most` characters is not collected further: `tooLong` is called
 * once, and nothing is handed on after it.
 */
export function boundedLines(
  stream: Readable,
  most: number,
  onLine: (line: string) => void,
  tooLong: () => void,
): void {
  let rest = '';
  let over = false;
  stream.setEncoding('utf8').on('data', (text: string) => {
    if (over) return;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length <= most) return;
    over = true;
    rest = '';
    tooLong();
  });
}
