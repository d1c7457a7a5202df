import { Option } from 'commander';
import type { Command } from 'commander';

/** What prints without end: one JSON object a line is made for that, and YAML is not. */
const endless: ReadonlySet<string> = new Set(['serve', 'logs']);

/**
 * Adds `-o json` and `-o yaml` to every command below this one that has `--json`, unless it has formats of its own: whoever knows
 * kubectl finds one way to print wherever something is printed.
 */
export function offerFormats(program: Command): void {
  for (const command of program.commands) {
    offerFormats(command);
    const flags = new Set(command.options.map(({ long }) => long));
    if (!flags.has('--json') || flags.has('--output')) continue;
    const formats = endless.has(command.name()) ? ['json'] : ['json', 'yaml'];
    command.addOption(new Option('-o, --output <format>', 'how to print it').choices(formats));
  }
}

/** Whether a command line asks for JSON, before it is parsed: what is wrong with it is told in JSON, too. */
export function wantsJson(args: readonly string[]): boolean {
  // What stands behind `--` is another program's.
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  return own.some(
    (arg, at) =>
      arg === '--json' ||
      arg === '-ojson' ||
      arg === '--output=json' ||
      (arg === 'json' && (own[at - 1] === '-o' || own[at - 1] === '--output')),
  );
}
