import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import { autostartEntry, readAutostart, type Command } from './autostart-entry.ts';
import type { LoginItem } from './login-item.ts';

/** More than any file of ours, in bytes; of a longer one the beginning is read. */
const longestEntry = 16_384;

/** Where a person's own autostart files are: the XDG Base Directory Specification has relative paths ignored. */
export function autostartFile(env: NodeJS.ProcessEnv, home: string): string {
  const chosen = env['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(chosen) ? chosen : join(home, '.config'), 'autostart', 'guildnet.desktop');
}

/** Start at login on Linux, by a file that every desktop reads. `command`: what starts this app, without `--hidden`. */
export function xdgLoginItem(file: string, command: Command): LoginItem {
  return {
    read: () => readAutostart(beginningOf(file)),
    write({ atLogin, hidden }) {
      try {
        if (!atLogin) return rmSync(file, { force: true });
        const args = hidden ? [...command.args, '--hidden'] : command.args;
        const entry = autostartEntry({ program: command.program, args });
        if (entry === undefined) throw new Error('the path of the app has a line break in it');
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(`${file}.new`, entry);
        renameSync(`${file}.new`, file);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new GuildNetError('internal', `What starts at login was not changed: ${why}.`, {
          remedy: `Look at ${file}.`,
          cause: error,
        });
      }
    },
  };
}

function beginningOf(file: string): string {
  let opened: number | undefined;
  try {
    opened = openSync(file, 'r');
    const bytes = Buffer.alloc(longestEntry);
    return bytes.subarray(0, readSync(opened, bytes)).toString('utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return '';
    throw error;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
