import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { createOutput, formatError } from './output.ts';

function recorded(json: boolean) {
  const written = { stdout: '', stderr: '' };
  const output = createOutput(
    {
      stdout: { write: (text) => ((written.stdout += text), true) },
      stderr: { write: (text) => ((written.stderr += text), true) },
    },
    { json },
  );
  return { output, written };
}

test('a result is text for people and notes go to stderr', () => {
  const { output, written } = recorded(false);
  output.result({ a: 1 }, () => 'one');
  output.note('working');
  expect(written).toEqual({ stdout: 'one\n', stderr: 'working\n' });
});

test('with --json a result is one line of JSON and notes are silent', () => {
  const { output, written } = recorded(true);
  output.result({ a: 1 }, () => 'one');
  output.note('working');
  expect(written).toEqual({ stdout: '{"a":1}\n', stderr: '' });
});

test('an empty text prints no line', () => {
  const { output, written } = recorded(false);
  output.result([], () => '');
  expect(written.stdout).toBe('');
});

const failed = new GuildNetError('not_found', 'There is no "x".', { remedy: 'List them.', details: { id: 'x' } });

test.each([
  ['ours, for people', failed, false, 'error: There is no "x".\nList them.'],
  ['ours without remedy', new GuildNetError('timeout', 'Too slow.'), false, 'error: Too slow.'],
  ['a defect', new Error('boom'), false, 'error: boom'],
  ['control characters', new Error('a\u001b[2Jb'), false, 'error: a[2Jb'],
])('error, %s', (_what, error, json, wanted) => {
  expect(formatError(error, json)).toBe(wanted);
});

test('an error with --json is the ErrorBody of the API', () => {
  expect(JSON.parse(formatError(failed, true))).toEqual({
    code: 'not_found',
    message: 'There is no "x".',
    details: { id: 'x', remedy: 'List them.' },
  });
  expect(JSON.parse(formatError(new Error('boom'), true))).toEqual({ code: 'internal', message: 'boom' });
});
