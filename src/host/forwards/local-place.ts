import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import ipaddr from 'ipaddr.js';
import { GuildNetError } from '#contract/errors.ts';
import { longestSocketPath } from '#contract/forwards.ts';
import type { ForwardWish } from '#contract/forwards.ts';

/** Where a forward is to listen on this machine. */
export type LocalPlace =
  | {
      kind: 'port';
      /** All of these. `optional` ones are passed over where this machine has no such address. */
      hosts: readonly { address: string; optional: boolean }[];
      /** 0: any free one. */
      port: number;
      exposed: boolean;
    }
  | { kind: 'socket'; path: string };

/** Programs that are told "localhost" try both; who held one alone would leave the other to another user of this machine. */
const localhost = [
  { address: '127.0.0.1', optional: false },
  { address: '::1', optional: true },
];

function bad(field: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('bad_request', message, { remedy, details: { field } });
}

function isLoopback(address: string): boolean {
  const [plain = ''] = address.split('%');
  return ipaddr.process(plain).range() === 'loopback';
}

function socketAt(path: string, wish: ForwardWish): LocalPlace {
  if (wish.local_port !== undefined || wish.address !== undefined || wish.allow_remote === true)
    throw bad('socket', 'A socket has a path, and neither an address nor a port.', 'Leave the others out.');
  if (!isAbsolute(path) || path.includes('\0'))
    throw bad('socket', 'The path of a socket has to be absolute.', 'Write it from / on.');
  if (Buffer.byteLength(path) > longestSocketPath)
    throw bad(
      'socket',
      `The path of a socket has ${String(longestSocketPath)} bytes at most, by what systems allow.`,
      'Choose a shorter one.',
    );
  return { kind: 'socket', path };
}

/**
 * Where a wish is to listen. Throws `bad_request` for what is no place, and `forbidden` for an address that other machines may reach
 * where that was not said: nothing of ours asks who connects to a forwarded port.
 */
export function localPlace(wish: ForwardWish): LocalPlace {
  const { port, local_port: localPort = port, address = 'localhost', allow_remote: allowRemote = false } = wish;
  if (wish.socket !== undefined) return socketAt(wish.socket, wish);
  if (address === 'localhost') return { kind: 'port', hosts: localhost, port: localPort, exposed: false };
  if (isIP(address) === 0)
    throw bad(
      'address',
      'The address to listen at has to be an IP address.',
      'Write for example 127.0.0.1, ::1 or, for all of this machine, 0.0.0.0.',
    );
  const exposed = !isLoopback(address);
  if (exposed && !allowRemote) {
    throw new GuildNetError(
      'forbidden',
      `Other machines may reach ${address}, and a forwarded port asks nobody who they are.`,
      {
        remedy:
          'Leave the address out to listen for this machine alone, or allow it: --allow-remote, allow_remote in the API.',
        details: { field: 'address' },
      },
    );
  }
  return { kind: 'port', hosts: [{ address, optional: false }], port: localPort, exposed };
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function endpointText(address: string, port: number): string {
  return `${isIP(address) === 6 ? `[${address}]` : address}:${String(port)}`;
}
