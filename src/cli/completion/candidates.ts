import type { Command, Option } from 'commander';

export interface Candidate {
  text: string;
  meaning?: string;
}

/** What the host has names for. */
export type Named = 'workspaces' | 'homes' | 'presets' | 'contexts';

/** What may stand where somebody is typing: words that are known, or names that the host has to be asked for. */
export type Candidates = { kind: 'words'; words: readonly Candidate[] } | { kind: 'names'; of: Named };

const nothing: Candidates = { kind: 'words', words: [] };

/** `words`: those after the program's name; the last one is being typed, and may be empty. Pure. */
export function candidatesFor(program: Command, words: readonly string[]): Candidates {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  let command = program;
  let given = 0;
  let awaiting: Option | undefined;
  for (const word of before) {
    if (awaiting !== undefined) {
      awaiting = undefined;
      continue;
    }
    if (word.startsWith('-')) {
      awaiting = word.includes('=') ? undefined : valueOption(command, word);
      continue;
    }
    const next = given === 0 ? subcommand(command, word) : undefined;
    if (next === undefined) given += 1;
    else command = next;
  }
  if (awaiting !== undefined) return fitting(choicesOf(awaiting.argChoices), current);
  if (current.startsWith('-')) return fitting(optionsOf(command), current);
  const named = namesAt(command, given);
  if (named !== undefined) return named;
  const argument = command.registeredArguments[given];
  if (argument?.argChoices !== undefined) return fitting(choicesOf(argument.argChoices), current);
  return given === 0 ? fitting(commandsOf(command), current) : nothing;
}

function fitting(words: readonly Candidate[], current: string): Candidates {
  return { kind: 'words', words: words.filter(({ text }) => text.startsWith(current)) };
}

function subcommand(command: Command, word: string): Command | undefined {
  return command.commands.find((one) => one.name() === word || one.aliases().includes(word));
}

/** An option that takes the next word. */
function valueOption(command: Command, word: string): Option | undefined {
  const option = command.options.find(({ long, short }) => long === word || short === word);
  return option !== undefined && (option.required || option.optional) ? option : undefined;
}

function choicesOf(choices: readonly string[] | undefined): Candidate[] {
  return (choices ?? []).map((text) => ({ text }));
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ text: long ?? short ?? '', meaning: description }));
}

function commandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ text: one.name(), meaning: one.description() }));
}

/** Names are told by the argument that they stand for; the last one may be given many times. */
function namesAt(command: Command, given: number): Candidates | undefined {
  const { registeredArguments } = command;
  const argument = registeredArguments[given] ?? registeredArguments.findLast(({ variadic }) => variadic);
  switch (argument?.name()) {
    case 'id':
      return { kind: 'names', of: ofHomes(command) ? 'homes' : 'workspaces' };
    case 'server':
      return { kind: 'names', of: 'workspaces' };
    case 'context':
      return { kind: 'names', of: 'contexts' };
    case 'label':
      return command.name() === 'add' ? undefined : { kind: 'names', of: 'presets' };
    case 'preset|image':
      return { kind: 'names', of: 'presets' };
    default:
      return undefined;
  }
}

function ofHomes(command: Command): boolean {
  return command.name() === 'restore' || command.parent?.name() === 'homes';
}
