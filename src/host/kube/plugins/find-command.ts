import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, sep } from 'node:path';

/**
 * The program that a command means: a path as it is, a bare name on our own PATH (Go, exec.LookPath: not on the one that the plugin
 * gets, and nowhere that is relative). Undefined: there is none. On Windows names are left to the system, which knows its endings.
 */
export async function findCommand(command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (process.platform === 'win32') return command;
  if (command.includes(sep)) return (await isProgram(command)) ? command : undefined;
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, command);
    if (isAbsolute(folder) && (await isProgram(candidate))) return candidate;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
