import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { boundedLines } from './bounded-lines.ts';

async function read(chunks: readonly (string | Buffer)[], most = 8): Promise<{ lines: string[]; tooLong: number }> {
  const stream = new PassThrough();
  const found = { lines: [] as string[], tooLong: 0 };
  boundedLines(
    stream,
    most,
    (line) => found.lines.push(line),
    () => (found.tooLong += 1),
  );
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream);
  return found;
}

test('lines come whole, however they are cut on their way', async () => {
  const text = Buffer.from('één\ntwo\nrest');
  expect(await read([text.subarray(0, 1), text.subarray(1, 6), text.subarray(6)])).toEqual({
    lines: ['één', 'two'],
    tooLong: 0,
  });
});

test('a line without end is given up once, with all that follows', async () => {
  expect(await read(['a\n', '12345', '67890', 'b\n', 'c\n'])).toEqual({ lines: ['a'], tooLong: 1 });
});
