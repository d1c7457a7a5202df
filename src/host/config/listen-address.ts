/** Where the host listens: a host name or address without brackets, and a port (0: any free one). */
export interface ListenAddress {
  host: string;
  port: number;
}

/**
 * Parses `LISTEN_LOCAL`: `127.0.0.1:8080`, `[::1]:8080`, `:8080` (every address) or `8080` (loopback).
 * Returns what is wrong, in words, as a string.
 */
export function parseListenAddress(text: string): ListenAddress | string {
  const match = /^(?:(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<name>[^:[\]\s]*)):)?(?<port>\d{1,5})$/.exec(text.trim());
  if (match?.groups === undefined)
    return `"${text}" is not an address; the form is host:port, for example 127.0.0.1:8080`;
  const { v6, name, port } = match.groups;
  const number = Number(port);
  if (number > 65_535) return `${String(number)} is not a port; ports end at 65535`;
  if (v6 !== undefined) return { host: v6, port: number };
  if (name === undefined) return { host: '127.0.0.1', port: number };
  return { host: name === '' ? '0.0.0.0' : name, port: number };
}
