import { GuildNetError } from '#contract/errors.ts';
import { askFor, askUnseen } from '../ask.ts';
import type { CliContext } from '../context.ts';

/** What `guildnet init` writes: settings by their keys in the configuration file, and the key to the tailnet, which is kept beside it. */
export interface InitSettings {
  listen?: string;
  namespace?: string;
  publicUrl?: string;
  localAuth?: string;
  tailnetLoginServer?: string;
  tailnetHostname?: string;
  authKey?: string;
}

/** An empty answer leaves it as it is. */
const questions = [
  ['listen', 'Where shall the host listen? (127.0.0.1:8080)'],
  ['namespace', 'In which namespace shall workspaces live? (that of the context)'],
  ['publicUrl', 'At which https address do people find it, if something stands in front of it? (none)'],
  [
    'tailnetLoginServer',
    "Which control server shall bring it onto a tailnet? (none; Tailscale's is https://controlplane.tailscale.com)",
  ],
] as const;

/** What a person answers at the terminal. Throws where there is none. */
export async function askSettings(context: CliContext): Promise<InitSettings> {
  if (context.stdin.isTTY !== true)
    throw new GuildNetError('bad_body', 'There is no terminal to ask at.', {
      remedy: 'Say what shall be set by flags: "guildnet init --help" shows them.',
    });
  const said: InitSettings = {};
  for (const [key, question] of questions) {
    const answer = await askFor(context, question);
    if (answer !== '') said[key] = answer;
  }
  if (said.tailnetLoginServer === undefined) return said;
  const authKey = await askUnseen(context, 'The key to join it with? It is not shown. (none: by a browser, later)');
  const hostname = await askFor(context, "What shall the host be called there? (guildnet- and this computer's name)");
  return {
    ...said,
    ...(authKey === '' ? {} : { authKey }),
    ...(hostname === '' ? {} : { tailnetHostname: hostname }),
  };
}
