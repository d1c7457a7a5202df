import { createServer, request as plainRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { webSocketAccept } from '#host/proxy/exchange/websocket-accept.ts';
import type { ClusterAccess } from '#host/kube/access/cluster-access.ts';

export interface WebSocketGateway extends AsyncDisposable {
  /** Plain HTTP on loopback. It asks nobody who they are: it has the credentials of the access behind it, as `kubectl proxy` has. */
  readonly url: string;
  /** How many upgrades it did not pass on. */
  refused(): number;
  /** What it does from now on with an upgrade. */
  treat: UpgradeTreatment;
  /** Cuts all upgraded connections that are open. */
  cutAll(): void;
}

/** By which protocol somebody asked to get to a pod. */
export type AskedProtocol = 'spdy' | 'spdy-websocket' | 'channels';

/**
 * pass: as it came; refuse: as a gateway that knows nothing of it; page: with a login for people; silent: neither granted nor refused; hang-up: the
 * connection ends; mute: granted, and then closed; deaf: granted, and nothing comes of it; cut: passed on, and ended after so many
 * bytes of the API server's.
 */
export type Treatment = 'pass' | 'refuse' | 'page' | 'silent' | 'hang-up' | 'mute' | 'deaf' | { cut: number };
export type UpgradeTreatment = (protocol: AskedProtocol) => Treatment;

/** As most gateways are: WebSockets are passed on, and nothing else. */
const usual: UpgradeTreatment = (protocol) => (protocol === 'spdy' ? 'refuse' : 'pass');

function askedProtocol({ headers }: IncomingMessage): AskedProtocol {
  if (headers.upgrade !== 'websocket') return 'spdy';
  return headers['sec-websocket-protocol']?.startsWith('SPDY/3.1') === true ? 'spdy-websocket' : 'channels';
}

const login = '<!DOCTYPE html><title>Log in</title>';

/** What a gateway says itself, for each way of not passing an upgrade on. */
function ownAnswer(how: Treatment, { headers }: IncomingMessage): string {
  if (how === 'page')
    return `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${String(login.length)}\r\nConnection: close\r\n\r\n${login}`;
  if (how === 'refuse') return 'HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno';
  const { 'sec-websocket-key': key, 'sec-websocket-protocol': protocol } = headers;
  const granted =
    key === undefined
      ? 'X-Stream-Protocol-Version: portforward.k8s.io'
      : `Sec-WebSocket-Accept: ${webSocketAccept(key)}\r\nSec-WebSocket-Protocol: ${protocol ?? ''}`;
  return `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${headers.upgrade ?? ''}\r\n${granted}\r\n\r\n`;
}

/** A gateway in front of an API server: requests are passed on, and upgrades as it is told; at first WebSockets, and no others. */
export async function startWebSocketGateway(behind: ClusterAccess): Promise<WebSocketGateway> {
  let treat = usual;
  const server = new URL(behind.server);
  const sockets = new Set<Socket>();
  let refused = 0;

  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { options } = await behind.prepare();
    const { headers, identity: _identity, ...tls } = options;
    const send = server.protocol === 'https:' ? secureRequest : plainRequest;
    const outgoing = send(new URL(incoming.url ?? '/', server), {
      ...tls,
      method: incoming.method ?? 'GET',
      headers: { ...incoming.headers, ...headers, host: server.host },
    });
    response.on('close', () => outgoing.destroy());
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // A watch answers with its head alone until something happens.
      response.flushHeaders();
      pipeline(answer, response, () => response.destroy());
    });
    pipeline(incoming, outgoing, (error) => {
      if (error) outgoing.destroy();
    });
  };

  const passUpgrade = async (
    incoming: IncomingMessage,
    client: Socket,
    head: Buffer,
    how: Treatment,
  ): Promise<void> => {
    const { options } = await behind.prepare();
    const { headers, identity: _identity, ...tls } = options;
    const upstream = connectTls({ ...tls, host: server.hostname, port: Number(server.port) }, () => {
      const lines = incoming.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name}: ${incoming.rawHeaders[at + 1] ?? ''}`] : [],
      );
      const own = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
      upstream.write(
        `${incoming.method ?? 'GET'} ${incoming.url ?? ''} HTTP/1.1\r\n${[...lines, ...own].join('\r\n')}\r\n\r\n`,
      );
      upstream.write(head);
      client.pipe(upstream).pipe(client);
      if (typeof how === 'string') return;
      let left = how.cut;
      upstream.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left < 0) client.resetAndDestroy();
      });
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  };

  const gateway = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.destroy());
  });
  gateway.on('upgrade', (incoming, client: Socket, head: Buffer) => {
    const how = treat(askedProtocol(incoming));
    if (how === 'pass' || typeof how === 'object') {
      passUpgrade(incoming, client, head, how).catch(() => client.destroy());
      return;
    }
    refused += 1;
    client.on('error', () => client.destroy());
    client.once('close', () => sockets.delete(client));
    sockets.add(client);
    if (how === 'hang-up') client.destroy();
    else if (how === 'silent') client.resume();
    else if (how === 'deaf') client.resume().write(ownAnswer(how, incoming));
    else client.end(ownAnswer(how, incoming));
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((gateway.address() as AddressInfo).port)}`,
    refused: () => refused,
    get treat() {
      return treat;
    },
    set treat(next) {
      treat = next;
    },
    cutAll() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      gateway.closeAllConnections();
      await new Promise((resolve) => gateway.close(resolve));
    },
  };
}
