import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { createOutput, formatError } from './output.ts';
import type { OutputOptions } from './output.ts';

async function recorded(options: OutputOptions) {
  const written = { stdout: '', stderr: '' };
  const output = await createOutput(
    {
      stdout: { write: (text) => ((written.stdout += text), true) },
      stderr: { write: (text) => ((written.stderr += text), true) },
    },
    options,
  );
  return { output, written };
}

test('a result is text for people and notes go to stderr', async () => {
  const { output, written } = await recorded({});
  output.result({ a: 1 }, () => 'one');
  output.note('working');
  expect(written).toEqual({ stdout: 'one\n', stderr: 'working\n' });
});

test.each([{ json: true }, { output: 'json' }, { json: true, output: 'yaml' }])(
  'with %j a result is one line of JSON and notes are silent',
  async (options) => {
    const { output, written } = await recorded(options);
    output.result({ a: 1 }, () => 'one');
    output.note('working');
    expect(written).toEqual({ stdout: '{"a":1}\n', stderr: '' });
  },
);

test('with -o yaml results are documents of YAML, and notes go to stderr', async () => {
  const { output, written } = await recorded({ output: 'yaml' });
  output.result({ a: ['1', 'b: c'] }, () => 'one');
  output.note('working');
  output.result([], () => 'one');
  expect(written).toEqual({ stdout: 'a:\n  - "1"\n  - "b: c"\n---\n[]\n', stderr: 'working\n' });
});

test('a format that is the command’s own is its text', async () => {
  const { output, written } = await recorded({ output: 'wide' });
  output.result({ a: 1 }, () => 'one');
  expect(written.stdout).toBe('one\n');
});

test('an empty text prints no line', async () => {
  const { output, written } = await recorded({});
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
