import { expect, test } from 'vitest';
import { lastLines, refusalWords, registryWords, runtimeWords } from './said.ts';

test.for([
  [undefined, undefined],
  ['', undefined],
  ['\n\n', undefined],
  ['one\ntwo\n', 'one ⏎ two'],
  ['1\n2\n3\n4\n5\n6\n7', '3 ⏎ 4 ⏎ 5 ⏎ 6 ⏎ 7'],
  ['\u001B[31mred\u001B[0m\r\nplain\u0007', 'red ⏎ plain'],
  ['http://127.0.0.1:8888/lab?token=abcdef&x=1', 'http://127.0.0.1:8888/lab?token=…&x=1'],
  ['Using password from $PASSWORD: hunter2', 'Using password from $PASSWORD: …'],
  ['{"apiKey": "abc", "n": 1}', '{"apiKey": "…", "n": 1}'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
  ['cannot reach https://me:secret@host/x', 'cannot reach https://me:…@host/x'],
] as const)('the last lines of %j are %j', ([log, lines]) => expect(lastLines(log)).toBe(lines));

test('a long line is cut from the left', () => {
  const lines = lastLines(`${'x'.repeat(2_000)}end`);
  expect(lines).toHaveLength(500);
  expect(lines).toMatch(/^…x+end$/);
});

test('of several long lines each keeps its beginning', () => {
  const lines = lastLines(`Error: first ${'x'.repeat(800)}\nsecond ${'y'.repeat(800)}`) ?? '';
  expect(lines.length).toBeLessThanOrEqual(500);
  expect(lines).toMatch(/^Error: first x+… ⏎ second y+…$/);
});

test.for([
  [
    registryWords,
    'rpc error: code = NotFound desc = failed to pull and unpack image "a": failed to resolve reference "a": b: not found',
    'b: not found',
  ],
  [
    registryWords,
    'Back-off pulling image "a": ErrImagePull: failed to pull and unpack image "a": failed to resolve image: no',
    'no',
  ],
  [
    runtimeWords,
    'failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: exec: "x"',
    'exec: "x"',
  ],
  [refusalWords, 'pods "x-1" is forbidden: exceeded quota: q', 'exceeded quota: q'],
] as const)('%o takes the wrapping off %s', ([words, wrapped, core]) => expect(words(wrapped)).toBe(core));
