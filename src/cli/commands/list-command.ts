import { Option } from 'commander';
import type { Command } from 'commander';
import { hostCommand } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

const formats = ['json', 'yaml', 'name', 'wide'] as const;

/** The options of a command that prints a list. */
export interface ListOptions extends HostOptions {
  output?: (typeof formats)[number];
}

/** What a list is, for each way to print it. */
export interface Listed {
  value: readonly object[];
  /** One a line, for other commands to take. */
  names: readonly string[];
  table(wide: boolean): string;
}

/** A command that prints a list, as a table or in another way. */
export function listCommand(program: Command, name: string, description: string, examples: readonly string[]): Command {
  return hostCommand(program, name, description, examples).addOption(
    new Option('-o, --output <format>', 'how to print it').choices(formats),
  );
}

export function printList(
  { output }: Pick<Session, 'output'>,
  { output: format }: Pick<ListOptions, 'output'>,
  { value, names, table }: Listed,
): void {
  output.result(value, () => (format === 'name' ? names.join('\n') : table(format === 'wide')));
}
