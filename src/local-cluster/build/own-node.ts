import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What is known of the process that wants to run a program on Node. */
export interface Running {
  execPath: string;
  /** Whether it is Electron's main process. */
  electron: boolean;
  exists: (path: string) => boolean;
}

/**
 * A program that runs a script as Node does: this process's own, or the Node that an installed package has beside its recipe. There the
 * executable of the desktop must not be taken: it cannot be Node (the fuse `runAsNode` is off), and would open a second desktop.
 */
export function ownNode(recipeDir: string, { execPath, electron, exists }: Running): string {
  const packaged = join(recipeDir, '..', '..', '..', 'bin', 'node');
  return electron && exists(packaged) ? packaged : execPath;
}

/** The file of the command in an installed package, which has its recipe below it; undefined in a checkout. */
export function ownCommand(recipeDir: string, exists: (path: string) => boolean = existsSync): string | undefined {
  const command = join(recipeDir, '..', '..', '..', '..', 'bin', 'guildnet');
  return exists(command) ? command : undefined;
}
