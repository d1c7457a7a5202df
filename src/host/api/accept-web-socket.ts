import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import WebSocket from 'ws';
import { GuildNetError } from '#contract/errors.ts';
import type { UpgradeClient } from '../proxy/exchange/upgrade-client.ts';
import { webSocketAccept } from '../proxy/exchange/websocket-accept.ts';

/** How long a client may take to answer the end, in ms. */
const closeTimeout = 5_000;

/**
 * What `ws` does once a handshake is over. Its own handshake is HTTP/1.1's alone, and browsers come by HTTP/2 (RFC 8441); neither name is
 * in its types. A test opens one each way.
 */
const Served = WebSocket as unknown as new (
  address: null,
  protocols: undefined,
  options: { autoPong: boolean; closeTimeout: number; allowSynchronousEvents: boolean },
) => WebSocket & { setSocket(socket: Duplex, head: Buffer, options: object): void };

/**
 * Agrees to a WebSocket (RFC 6455, 4.2), without extensions and subprotocols. Throws `bad_request` when this is no request for one.
 * @param largest - bytes of a message; a longer one ends it
 */
export function acceptWebSocket(request: IncomingMessage, client: UpgradeClient, largest: number): WebSocket {
  const { headers } = request;
  if (headers.upgrade?.toLowerCase() !== 'websocket') throw onlyWebSocket('It asks for another protocol.');
  if (headers['sec-websocket-version'] !== '13') throw onlyWebSocket('Its WebSocket is of another version than 13.');
  const key = headers['sec-websocket-key'];
  // HTTP/2 has no use for keys (RFC 8441, 5.1).
  if (request.httpVersionMajor === 1 && !/^[+/0-9A-Za-z]{22}==$/.test(key ?? ''))
    throw onlyWebSocket('Its key is none.');
  const proof = key === undefined ? {} : { 'sec-websocket-accept': [webSocketAccept(key)] };
  const stream = client.accept('websocket', proof);
  const socket = new Served(null, undefined, { autoPong: true, closeTimeout, allowSynchronousEvents: true });
  socket.setSocket(stream, Buffer.alloc(0), {
    allowSynchronousEvents: true,
    maxPayload: largest,
    // What a peer that sends nothing but empty pieces may make of memory; ws' own limits for servers.
    maxBufferedChunks: 256 * 1024,
    maxFragments: 16 * 1024,
    skipUTF8Validation: false,
  });
  return socket;
}

/** What a plain request for such a path is told. `why`: what it lacks. */
export function onlyWebSocket(why = 'This is a plain request.'): GuildNetError {
  return new GuildNetError('bad_request', `This path has only a WebSocket. ${why}`, {
    remedy: 'Open it with a WebSocket client.',
  });
}
