import { parseArgs } from 'node:util';
import { isLink, readDeepLink, type ReadLink } from './deep-link/deep-link.ts';

export interface AppArguments {
  /** Bring up the local cluster of this machine at once. */
  local: boolean;
  /** Show no window yet, where there is a tray to open it from. */
  hidden: boolean;
  help: boolean;
  version: boolean;
  /** What a `guildnet://…` link among the arguments asks for, or why nothing is done with it. */
  link?: ReadLink;
}

export const usage = `Usage: guildnet-desktop [options] [guildnet://open/<workspace> | guildnet://launch | guildnet://launch?image=<image>]

Opens the GuildNet window, or brings the one that is already open to the front.

Options:
  --local    use the local cluster of this machine, and build and start it if need be, even where a kubeconfig exists
  --hidden   start in the tray, without the window, where the desktop shows a tray
  --help     show this text
  --version  show the version

Chromium's own switches (--no-sandbox, --ozone-platform=…, --remote-debugging-port=… and the like) are passed on to it.
`;

/**
 * Switches that are Chromium's, Electron's or Node's business. There are over a thousand of them and no list of them at
 * run time, so the usual families are named; a mistyped switch of ours is still noticed.
 */
const foreignSwitch =
  /^(allow|auth|class|disable|enable|force|gtk|host|ignore|inspect|js-flags|lang|log|nss|original|ozone|password-store|proxy|remote|renderer|trace|use|user-data-dir|vmodule|wayland|window)(-|$)|^(no-sandbox|no-zygote|no-first-run|in-process-gpu|single-process|hide-scrollbars|mute-audio|v|type)$/;

/**
 * Reads the arguments this app was started with (`process.argv` without the executable).
 * `unpackaged`: started as `electron <folder> …`, so the first positional argument is the app's own folder.
 */
export function parseAppArguments(
  argv: readonly string[],
  { unpackaged }: { unpackaged: boolean },
): AppArguments | { problem: string } {
  const own: AppArguments = { local: false, hidden: false, help: false, version: false };
  const flag = { type: 'boolean' } as const;
  const { tokens } = parseArgs({
    args: [...argv],
    options: { local: flag, hidden: flag, help: { ...flag, short: 'h' }, version: flag },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  let folderExpected = unpackaged;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      // The system's browser hands a link over like this. A bad one is told of in the window: nobody sees a terminal then.
      if (isLink(token.value) && own.link === undefined) {
        own.link = readDeepLink(token.value);
        continue;
      }
      if (!folderExpected) return { problem: `There is nothing to be done with the argument "${token.value}".` };
      folderExpected = false;
    } else if (isOwnFlag(token.name)) {
      if (token.value !== undefined) return { problem: `${token.rawName} takes no value.` };
      own[token.name] = true;
    } else if (!(token.rawName.startsWith('--') && foreignSwitch.test(token.name))) {
      return { problem: `There is no option ${token.rawName}.` };
    }
  }
  return own;
}

const ownFlags = ['local', 'hidden', 'help', 'version'] as const;

function isOwnFlag(name: string): name is (typeof ownFlags)[number] {
  return (ownFlags as readonly string[]).includes(name);
}
