import { Argument } from 'commander';
import type { Command } from 'commander';
import { printable } from '#contract/printable.ts';
import { candidatesFor } from '../completion/candidates.ts';
import type { Named } from '../completion/candidates.ts';
import { shells, shellScripts } from '../completion/shell-scripts.ts';
import type { CliContext } from '../context.ts';
import { exampleText } from './host-command.ts';

export function addCompletion(program: Command, context: CliContext): void {
  program
    .command('completion')
    .description('Print what makes a shell complete commands, options and the names of workspaces')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .addHelpText(
      'after',
      exampleText([
        'completion bash > ~/.local/share/bash-completion/completions/guildnet',
        'completion zsh > "${fpath[1]}/_guildnet"',
        'completion fish > ~/.config/fish/completions/guildnet.fish',
      ]),
    )
    .action((shell: keyof typeof shellScripts) => {
      context.stdout.write(shellScripts[shell]);
    });
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words: string[]) => {
      const found = candidatesFor(program, words);
      const lines =
        found.kind === 'words'
          ? found.words.map(({ text, meaning = '' }) => `${text}\t${meaning}`)
          : await namesFor(found.of, words.at(-1) ?? '');
      for (const line of lines) context.stdout.write(`${printable(line)}\n`);
    });

  async function namesFor(of: Named, current: string): Promise<string[]> {
    const { liveNames } = await import('../completion/live-names.ts');
    const names = await liveNames(context, of);
    return names.filter((name) => name.startsWith(current)).map((name) => `${name}\t`);
  }
}
