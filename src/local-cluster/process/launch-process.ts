import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';

export interface Command {
  /** Absolute path of the program. */
  program: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}

const largestLogBytes = 16 * 1024 * 1024;

/**
 * Starts a program that outlives us: in a session of its own, with its output appended to `logFile`.
 * Resolves with its pid as soon as it was executed.
 */
export async function launchProcess(command: Command, logFile: string): Promise<number> {
  mkdirSync(dirname(logFile), { recursive: true });
  rotateLog(logFile);
  const log = openSync(logFile, 'a', 0o640);
  try {
    const child = spawn(command.program, command.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: command.env,
      cwd: '/',
    });
    await once(child, 'spawn');
    child.unref();
    if (child.pid === undefined) throw new GuildNetError('internal', `${command.program} started without a pid.`);
    return child.pid;
  } catch (cause) {
    if (cause instanceof GuildNetError) throw cause;
    throw new GuildNetError('create_failed', `${command.program} could not be started.`, { cause });
  } finally {
    closeSync(log);
  }
}

/**
 * Digest of a command and the configuration it reads, to see whether a running process is what would be started now.
 * The environment is left out: it follows whoever calls.
 */
export function commandFingerprint(command: Command, files: readonly { path: string; content: string }[] = []): string {
  const content = JSON.stringify([command.program, command.args, files]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** One older log is kept, so that a component that ends at once every time does not fill the disk. */
function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) renameSync(file, `${file}.1`);
}
