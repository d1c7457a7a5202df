import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ending {
  /** The exit code; a process that a signal ended counts as 128 + 1, so that it is never mistaken for success. */
  code: number;
  /** Standard output and error, in the order they came; empty when they went to the terminal. */
  output: string;
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The exit code a parent reports for a child's ending. */
export function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code;
  return signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 129;
}

/** Passes the signals that end this process on to a child while it lives, and lets the child decide when to go. */
async function ending(child: ChildProcess): Promise<{ code: number; received: NodeJS.Signals | undefined }> {
  let received: NodeJS.Signals | undefined;
  const pass = (signal: NodeJS.Signals): void => {
    received = signal;
    child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, pass);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code: exitCode(code, signal), received };
  } finally {
    for (const signal of forwarded) process.off(signal, pass);
  }
}

/** Runs a program in this terminal until it ends. Rejects only when it cannot be started. */
export async function runInForeground(program: string, args: string[], options: SpawnOptions = {}): Promise<number> {
  const { code } = await ending(spawn(program, args, { ...options, stdio: 'inherit' }));
  return code;
}

/**
 * Runs a program and keeps what it says. Rejects only when it cannot be started. A step in between that is interrupted
 * ends this process too, unless someone else listens to that signal: nobody wants to read why half a step failed.
 */
export async function runQuietly(program: string, args: string[], options: SpawnOptions = {}): Promise<Ending> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const { code, received } = await ending(child);
  if (received !== undefined && process.listenerCount(received) === 0) {
    process.kill(process.pid, received);
    await new Promise(() => undefined);
  }
  return { code, output };
}

/** The last lines of a program's output: where the reason of a failure stands. */
export function tail(output: string, lines = 20): string {
  return output.trim().split('\n').slice(-lines).join('\n');
}
