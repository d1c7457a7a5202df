import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * How to start npm, as program and first arguments: the npm that runs us, the one beside this Node, or the one on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ program: string, prefix: string[], shell: boolean }} `shell`: the program is a Windows command file
 */
export function npmCommand(env = process.env) {
  const running = env.npm_execpath;
  // The Node that runs npm, not ours: ours may be node_modules' own, which `npm ci` deletes.
  const node = env.npm_node_execpath ?? process.execPath;
  if (running !== undefined && basename(running) === 'npm-cli.js' && existsSync(running)) {
    return { program: node, prefix: [running], shell: false };
  }
  const home = dirname(process.execPath);
  const beside = [
    join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(home, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((file) => existsSync(file));
  if (beside !== undefined) return { program: process.execPath, prefix: [beside], shell: false };
  return { program: 'npm', prefix: [], shell: process.platform === 'win32' };
}
