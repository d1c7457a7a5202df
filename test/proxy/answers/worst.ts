import { allAnswers } from './all.ts';
import type { AnswerCase } from './answer-case.ts';

/** What once ended the host, and what comes nearest to it: of each kind the worst. */
const names: readonly string[] = [
  'first line "HTTP/1.1 000 X"',
  'first line "HTTP/1.1 099 X"',
  'first line "HTTP/1.1 999 X"',
  'first line "HTTP/1.1 200 O\\u0001K"',
  'first line "HTTP/1.1 200 O\\rX-Evil: 1"',
  'a chunked answer with a control character in its reason',
  '103 with a bad header',
  '103 without end',
  '101 that nobody asked for',
  '101 and then an answer',
  '204 with a body',
  '304 with chunks',
  'two answers at once on a connection that stays',
  'nothing but an end',
  'a reset instead of an answer',
  'a reset after the headers',
  'Trailer with a length',
  'Content-Length "18446744073709551618"',
  'two lengths',
  'a length and chunks',
  'one byte more than the length',
  'garbage after the length on a connection that stays',
  'less than the length, and a reset',
  'Transfer-Encoding in two lines',
  'a chunk size of 64 bits',
  'a bare LF after a chunk',
  'bytes past the last chunk',
  'a trailer with NUL',
  'trailers of 300 KB',
  'Trailer and chunks, asked in HTTP/1.0',
  'the field "X-A: b\\r X-Evil: c"',
  'the field "Connection: content-length"',
  'the field "Location: \\u0000"',
  'the field "Date: a\\r\\nDate: b"',
  'the field "__proto__: x"',
  'headers without end',
  'one header without end',
  'an SSH banner, said at once',
  'HTTP/2 settings',
  'a page without headers that has no end',
  'an answer before the body was read, and the end',
  'a reset in the middle of an upload',
  'upgrade: granted, with bytes that are no frame',
  'upgrade: granted, and a reset',
  'upgrade: 101 to another protocol',
  'upgrade: 101 with header injection',
  'upgrade: 1xx without end',
  'upgrade: 200 with more than its length',
  'upgrade: 200 that breaks off',
  'upgrade: a reset instead of an answer',
  'upgrade: an SSH banner',
];

const all = Object.values(allAnswers).flat();

export const worstAnswers: readonly AnswerCase[] = names.map((name) => {
  const found = all.find(({ what }) => what === name);
  if (found === undefined) throw new Error(`There is no case "${name}".`);
  return found;
});
