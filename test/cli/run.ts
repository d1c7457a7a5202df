import { PassThrough } from 'node:stream';
import { run } from '#cli/program.ts';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** For tests: runs a command line in this process, where no host is running. */
export async function guildnet(...args: string[]): Promise<Ran> {
  return guildnetWith({}, ...args);
}

/** The same with these variables, and no others. */
export async function guildnetWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const code = await run(args, {
    env: { GUILDNET_HOME: '/nonexistent/guildnet', ...env },
    root: '/nonexistent/',
    version: '1.2.3',
    stdout: { write: (text) => ((written.stdout += text), true) },
    stderr: { write: (text) => ((written.stderr += text), true) },
    stdin: new PassThrough(),
  });
  return { code, ...written };
}
