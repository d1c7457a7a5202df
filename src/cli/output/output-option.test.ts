import { Command } from 'commander';
import { expect, test } from 'vitest';
import { offerFormats, wantsJson } from './output-option.ts';

test.each([
  [['ls'], false],
  [['ls', '--json'], true],
  [['ls', '-o', 'json'], true],
  [['ls', '-ojson'], true],
  [['ls', '--output', 'json'], true],
  [['ls', '--output=json'], true],
  [['ls', '-o', 'yaml'], false],
  [['describe', 'json'], false],
  [['exec', 'code', '--', 'kubectl', '-o', 'json'], false],
  [['exec', 'code', '--', 'x', '--json'], false],
])('%j asks for JSON: %s', (args, asked) => {
  expect(wantsJson(args)).toBe(asked);
});

function formatsOf(command: Command): readonly string[] | undefined {
  return command.options.find(({ long }) => long === '--output')?.argChoices;
}

test('every command that prints JSON prints YAML, except what has formats of its own and what prints without end', () => {
  const program = new Command();
  const plain = program.command('plain').option('--json');
  const below = program.command('group').command('below').option('--json');
  const own = program.command('own').option('--json').option('-o, --output <format>');
  const logs = program.command('logs').option('--json');
  const silent = program.command('silent');
  offerFormats(program);
  expect([plain, below, own, logs, silent].map(formatsOf)).toEqual([
    ['json', 'yaml'],
    ['json', 'yaml'],
    undefined,
    ['json'],
    undefined,
  ]);
});
