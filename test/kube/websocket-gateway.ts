import { createServer, request as plainRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { ClusterAccess } from '#host/kube/access/cluster-access.ts';

export interface WebSocketGateway extends AsyncDisposable {
  /** Plain HTTP on loopback. It asks nobody who they are: it has the credentials of the access behind it, as `kubectl proxy` has. */
  readonly url: string;
  /** How many upgrades that are none to a WebSocket it has refused. */
  refused(): number;
}

/** A gateway in front of an API server, of the kind that passes requests and WebSockets on and answers any other upgrade like a plain request. */
export async function startWebSocketGateway(behind: ClusterAccess): Promise<WebSocketGateway> {
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

  const passUpgrade = async (incoming: IncomingMessage, client: Socket, head: Buffer): Promise<void> => {
    const { options } = await behind.prepare();
    const { headers, identity: _identity, ...tls } = options;
    const upstream = connectTls({ ...tls, host: server.hostname, port: Number(server.port) }, () => {
      const lines = incoming.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name}: ${incoming.rawHeaders[at + 1] ?? ''}`] : [],
      );
      const own = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
      upstream.write(`GET ${incoming.url ?? ''} HTTP/1.1\r\n${[...lines, ...own].join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      client.pipe(upstream).pipe(client);
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
    if (incoming.headers.upgrade !== 'websocket') {
      refused += 1;
      client.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno');
      return;
    }
    passUpgrade(incoming, client, head).catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((gateway.address() as AddressInfo).port)}`,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      gateway.closeAllConnections();
      await new Promise((resolve) => gateway.close(resolve));
    },
  };
}
