import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the `guildnet` command as a process of its own, under this home folder, without a terminal. */
export function guildnet(home: string, ...args: string[]): Promise<Ran> {
  return guildnetIn({ GUILDNET_HOME: home }, ...args);
}

/** The same with these variables beside those of this process. */
export async function guildnetIn(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  return { code: child.exitCode, stdout, stderr };
}

/** A command that goes on until it is ended. */
export interface RunningGuildnet extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Resolves once it has written this to stdout; rejects when it ends before. */
  said(words: string): Promise<void>;
  ended(): Promise<{ code: number | null; stderr: string }>;
}

/** Starts the command as `guildnet` runs it. Disposing of it ends it. */
export function startGuildnet(home: string, ...args: string[]): RunningGuildnet {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, GUILDNET_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const stderr = text(child.stderr);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  return {
    child,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stdout.includes(words)) resolve();
        };
        child.stdout.on('data', look);
        child.once('close', () => reject(new Error(`It ended without saying "${words}": ${stdout}`)));
        look();
      }),
    async ended() {
      await closed;
      return { code: child.exitCode, stderr: await stderr };
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await closed;
    },
  };
}
