import { InvalidArgumentError } from 'commander';

/** A port of a workspace and one of this machine, where 0 means any free one. */
export interface PortPair {
  local: number;
  port: number;
}

/**
 * `5432` (the same here), `8080:80` (here, there), `0:5432` and `:5432` (any free one here), as kubectl writes them. Throws
 * commander's error for what is none.
 */
export function parsePortPair(text: string): PortPair {
  const match = /^(?:(?<local>\d{0,5}):)?(?<port>\d{1,5})$/.exec(text)?.groups;
  const port = Number(match?.['port'] ?? 0);
  const local = match?.['local'] === undefined ? port : Number(match['local']);
  if (port >= 1 && port <= 65_535 && local <= 65_535) return { local, port };
  throw new InvalidArgumentError('Write a port, 5432, or one of this machine and the workspace’s: 8080:80, 0:5432.');
}
