import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { createLineSplitter } from './split-lines.ts';
import type { RawLine } from './split-lines.ts';

const time = '2026-11-26T08:00:00.123456789Z';

function split(...chunks: (string | Buffer)[]): RawLine[] {
  const splitter = createLineSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk))), ...splitter.end()];
}

describe('lines of a stream', () => {
  test.each<[string, (string | Buffer)[], string[]]>([
    ['several in one chunk', [`${time} a\n${time} b\n`], ['a', 'b']],
    ['cut anywhere', [`${time} a`, 'b', 'c\n', `${time} `, 'd\n'], ['abc', 'd']],
    ['cut inside a character', [Buffer.from(`${time} €`).subarray(0, -1), Buffer.from([0xac, 10])], ['€']],
    ['empty ones', [`${time} \n${time} \n`], ['', '']],
    ['the last without an end', [`${time} a\n${time} b`], ['a', 'b']],
    ['with spaces', [`${time}   a  b \n`], ['  a  b ']],
    ['no UTF-8', [Buffer.from(`${time} a\xff\xfeb\n`, 'latin1')], ['a\ufffd\ufffdb']],
    ['nothing', [''], []],
  ])('%s', (_what, chunks, texts) => {
    expect(split(...chunks)).toEqual(texts.map((text) => ({ time, text })));
  });

  test("the kubelet's own words have no time", () => {
    expect(split('unable to retrieve container logs for containerd://1')).toEqual([
      { time: undefined, text: 'unable to retrieve container logs for containerd://1' },
    ]);
  });

  test('of one without an end the beginning is handed out once, and no more is kept', () => {
    const splitter = createLineSplitter();
    const chunk = Buffer.alloc(60_000, 'x');
    const lines = splitter.push(Buffer.from(`${time} `));
    for (let count = 0; count < 1_000; count += 1) lines.push(...splitter.push(chunk));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text.length).toBeLessThan(70_000);
    expect([...splitter.push(Buffer.from(`end\n${time} next\n`)), ...splitter.end()]).toEqual([{ time, text: 'next' }]);
  });
});
