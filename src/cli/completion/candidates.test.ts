import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgram } from '../program.ts';
import { candidatesFor } from './candidates.ts';

const program = createProgram({
  env: {},
  root: '/nonexistent/',
  version: '1.2.3',
  stdout: { write: () => true },
  stderr: { write: () => true },
  stdin: new PassThrough(),
});

const words = (...typed: string[]): string[] => {
  const found = candidatesFor(program, typed);
  return found.kind === 'words' ? found.words.map(({ text }) => text) : [`<${found.of}>`];
};

test.each<[string[], string[]]>([
  [['lo'], ['logs']],
  [['homes', 'r'], ['rm']],
  [['logs', ''], ['<workspaces>']],
  [['logs', 'box', ''], []],
  [
    ['logs', '--level', ''],
    ['debug', 'info', 'warn', 'error'],
  ],
  [['logs', '--level', 'w'], ['warn']],
  [['logs', '--level=warn', ''], ['<workspaces>']],
  [['logs', '-f', '--tail', '5', ''], ['<workspaces>']],
  [['logs', '--prev'], ['--previous']],
  [['rm', 'a', 'b', ''], ['<workspaces>']],
  [['homes', 'rm', ''], ['<homes>']],
  [['restore', ''], ['<homes>']],
  [['launch', ''], ['<presets>']],
  [['presets', 'edit', ''], ['<presets>']],
  [['presets', 'add', ''], []],
  [['context', 'use', ''], ['<contexts>']],
  [['debug', 'proxy', ''], ['<workspaces>']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['ls', '-o', 'y'], ['yaml']],
  [['nonsense', ''], []],
])('after %j comes %j', (typed, expected) => {
  expect(words(...typed)).toEqual(expected);
});

test('of the commands all are offered that --help shows', () => {
  expect(words('')).toEqual(expect.arrayContaining(['serve', 'launch', 'ls', 'edit', 'config', 'completion', 'help']));
  expect(words('')).not.toContain('__complete');
});
