import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { endWord, readSaidEnd } from './said-end.ts';

const mark = '0123456789abcdef0123456789abcdef';
const word = (code: number | string): string => `${endWord(mark)}${String(code)}\n`;

let passed: { output: string; errors: string };
let codes: number[];

function read(): ReturnType<typeof readSaidEnd> {
  passed = { output: '', errors: '' };
  codes = [];
  return readSaidEnd(mark, {
    pass: (stream, chunk) => (passed[stream] += chunk.toString('latin1')),
    said: (code) => codes.push(code),
  });
}

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the end that the starting shell says', () => {
  test('is known when both streams have said it, and is no output', () => {
    const said = read();
    said.output('output', Buffer.from(`text${word(3)}`));
    expect(codes).toEqual([]);
    said.output('errors', Buffer.from(word(3)));
    expect(codes).toEqual([3]);
    expect(passed).toEqual({ output: 'text', errors: '' });
  });

  test('is read wherever it is cut in two', () => {
    const all = Buffer.from(`before${word(255)}after`);
    for (let at = 0; at <= all.length; at += 1) {
      const said = read();
      said.output('errors', Buffer.from(word(255)));
      said.output('output', all.subarray(0, at));
      said.output('output', all.subarray(at));
      said.flush();
      expect({ at, codes, passed }).toEqual({ at, codes: [255], passed: { output: 'beforeafter', errors: '' } });
    }
  });

  test('is read byte by byte', () => {
    const said = read();
    for (const byte of Buffer.from(`ab${word(0)}c`)) {
      said.output('output', Buffer.from([byte]));
      said.output('errors', Buffer.from([byte]));
    }
    expect(codes).toEqual([0]);
    expect(passed).toEqual({ output: 'abc', errors: 'abc' });
  });

  test.each([
    { what: 'another mark', text: word(1).replace('0123', '3210') },
    { what: 'no code', text: word('') },
    { what: 'no number', text: word('x1') },
    { what: 'a code that is too long', text: word(1234) },
    { what: 'its beginning alone', text: endWord(mark).slice(0, 9) },
  ])('is none with $what: that is output as it came', ({ text }) => {
    const said = read();
    for (const stream of ['output', 'errors'] as const) said.output(stream, Buffer.from(text));
    said.flush();
    expect(codes).toEqual([]);
    expect(passed).toEqual({ output: latin1(text), errors: latin1(text) });
  });

  test('keeps nothing back for long that only looks like its beginning', () => {
    const said = read();
    said.output('output', Buffer.from([1, 0xf4]));
    expect(passed.output).toBe('\u0001');
    vi.advanceTimersByTime(3_000);
    expect(passed.output).toBe('\u0001\u00f4');
  });
});
