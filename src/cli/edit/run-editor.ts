import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { GuildNetError } from '#contract/errors.ts';

/**
 * Opens a file in the person's editor, `VISUAL` or `EDITOR`, which may have arguments, as every program that does so takes them; vi
 * otherwise. Resolves when it has been left. Throws `bad_config` when it cannot be started or ends with an error.
 */
export async function runEditor(file: string, env: NodeJS.ProcessEnv): Promise<void> {
  const isWindows = process.platform === 'win32';
  const editor = env['VISUAL']?.trim() || env['EDITOR']?.trim() || (isWindows ? 'notepad' : 'vi');
  // The shell takes the command apart; the file's name is never a part of what it reads.
  const child = isWindows
    ? spawn(`${editor} "${file}"`, { stdio: 'inherit', env, shell: true })
    : spawn('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit', env });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code === 0) return;
  throw new GuildNetError('bad_config', `The editor "${editor}" ended with ${signal ?? `exit code ${String(code)}`}.`, {
    remedy: 'Set EDITOR to an editor that runs in this terminal, such as nano or "code --wait".',
  });
}
