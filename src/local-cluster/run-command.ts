import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { GuildNetError } from '#contract/errors.ts';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Text for the program's standard input. */
  input?: string;
  signal?: AbortSignal | undefined;
  /** Called with each line of standard error as it comes, for progress. */
  onErrorLine?: (line: string) => void;
  /** What is being attempted, for the error text: "Building Kubernetes". The command itself when absent. */
  doing?: string;
  remedy?: string;
}

export interface CommandResult {
  code: number;
  stdout: string;
  /** The last lines of standard error, enough to see a cause. */
  tail: string;
}

const tailLines = 20;

/** Runs a program to its end, whatever its exit code. Rejects only when it cannot be started or is aborted. */
export function tryCommand(command: string, args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      signal: options.signal,
    });
    const tail: string[] = [];
    const out: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        tail.push(line);
        if (tail.length > tailLines) tail.shift();
        options.onErrorLine?.(line);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({
        code: code ?? (signal === null ? 1 : 128),
        stdout: Buffer.concat(out).toString('utf8'),
        tail: tail.join('\n'),
      });
    });
    if (options.input !== undefined) {
      // A program that exits without reading its input closes the pipe; its exit code tells the story.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(options.input);
    }
  });
}

/**
 * Runs a program that must succeed and returns what it printed.
 *
 * @throws GuildNetError `create_failed` with the tail of its output, `unsupported` when the program is not there.
 */
export async function runCommand(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const doing = options.doing ?? `Running \`${[command, ...args].join(' ')}\``;
  const remedy = options.remedy === undefined ? {} : { remedy: options.remedy };
  let result: CommandResult;
  try {
    result = await tryCommand(command, args, options);
  } catch (cause) {
    if (options.signal?.aborted === true) throw options.signal.reason;
    throw new GuildNetError('unsupported', `${doing} failed: ${command} could not be started.`, { ...remedy, cause });
  }
  if (result.code !== 0) {
    const shown = result.tail === '' ? result.stdout.split('\n').slice(-tailLines).join('\n') : result.tail;
    throw new GuildNetError(
      'create_failed',
      `${doing} failed (${command} ended with ${result.code}):\n${shown}`,
      remedy,
    );
  }
  return result.stdout;
}
