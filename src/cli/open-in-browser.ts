import { spawn } from 'node:child_process';
import { GuildNetError } from '#contract/errors.ts';

interface Opener {
  command: string;
  args: string[];
}

/** The program that opens an address in this person's browser; undefined where no browser can show (no display). */
export function browserOpener(url: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Opener | undefined {
  if (platform === 'darwin') return { command: 'open', args: [url] };
  // Not `cmd /c start`: that would read & and % in the address.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  const display = env['WAYLAND_DISPLAY'] ?? env['DISPLAY'] ?? '';
  return display === '' ? undefined : { command: 'xdg-open', args: [url] };
}

/** Opens the address; does nothing where there is no display. Throws `unsupported` when the opener cannot be started. */
export async function openInBrowser(url: string, env: NodeJS.ProcessEnv): Promise<void> {
  const opener = browserOpener(url, process.platform, env);
  if (opener === undefined) return;
  const child = spawn(opener.command, opener.args, { stdio: 'ignore', detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      reject(
        new GuildNetError('unsupported', `${opener.command} could not be started to open the browser.`, {
          remedy: `Open ${url} yourself.`,
          cause,
        }),
      );
    });
  });
  child.unref();
}
