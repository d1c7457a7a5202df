import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { runBounded } from '#host/run-bounded.ts';
import { variablesBetween } from './environment.ts';

/** What start-up files may take; whoever waits for the window waits for this, too. */
const limitMs = 10_000;

export interface AskShellOptions {
  env: NodeJS.ProcessEnv;
  limitMs?: number;
  signal?: AbortSignal;
}

/**
 * The environment that the person's login shell has when it starts at a terminal: this is where PATH, KUBECONFIG and proxies are set.
 * (`shell-env` would bring five packages and waits for ever.) Undefined with the reason when the shell does not tell within ten
 * seconds; it is then ended with all that it started. Never rejects.
 */
export async function askShell({
  env,
  limitMs: limit = limitMs,
  signal = new AbortController().signal,
}: AskShellOptions): Promise<{ variables: Map<string, string> } | { problem: string }> {
  const program = shellOf(env);
  if (program === undefined) return { problem: 'there is no login shell' };
  const mark = `--${randomUUID()}--`;
  // Every shell passes single quotes on as they are, and every system has these two programs.
  const command = `/bin/sh -c 'printf %s ${mark}; /usr/bin/env -0; printf %s ${mark}'`;
  const end = await runBounded({
    program,
    args: [...flagsOf(program), command],
    // For start-up files that want to know, and for oh-my-zsh, which asks whether it may update itself.
    env: { ...env, GUILDNET_RESOLVING_ENVIRONMENT: '1', DISABLE_AUTO_UPDATE: 'true', ZSH_TMUX_AUTOSTART: 'false' },
    interactive: false,
    limitMs: limit,
    signal,
  });
  if (end.kind !== 'printed' && end.kind !== 'failed')
    return { problem: `the login shell ${program} did not tell (${end.kind})` };
  const variables = variablesBetween(end.stdout, mark);
  return variables === undefined
    ? { problem: `the login shell ${program} did not print its environment` }
    : { variables };
}

function shellOf(env: NodeJS.ProcessEnv): string | undefined {
  if (process.platform === 'win32') return undefined;
  return env['SHELL'] || userInfo().shell || undefined;
}

/** Interactive and a login shell, because people write such things into the files of either. */
function flagsOf(shell: string): string[] {
  return /^t?csh$/.test(basename(shell)) ? ['-ic'] : ['-i', '-l', '-c'];
}
