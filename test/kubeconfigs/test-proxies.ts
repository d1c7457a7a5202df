import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A name that only the proxies know, for an address that is not loopback. */
export const hiddenHost = 'api.guildnet.test';
/** An address that leads nowhere but through the proxies. */
export const hiddenAddress = '10.255.255.1';
export const proxyUser = { name: 'prüfer', password: 's3cret:p@' };

export interface TestProxies extends AsyncDisposable {
  /** `host:port` of each. */
  http: string;
  /** Wants `proxyUser`. */
  guarded: string;
  https: string;
  socks: string;
  /** Answers 403 to everything. */
  refusing: string;
  /** How many connections have been asked for. */
  asked(): number;
}

/** Proxies on loopback, all of which lead to `server` under its hidden names, and to loopback. `pair`: what the HTTPS one serves with. */
export async function startProxies(server: URL, pair: { cert: string; key: string }): Promise<TestProxies> {
  let asked = 0;
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  function lead(client: Duplex, host: string, port: number, ready: () => void): void {
    asked += 1;
    const there = [hiddenHost, hiddenAddress].includes(host) ? server.hostname : host;
    const upstream = connect(port, there, () => {
      ready();
      client.pipe(upstream).pipe(client);
    });
    keep(upstream);
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  }
  const tunnel = (wanted?: string, status?: number) => (request: IncomingMessage, client: Duplex) => {
    keep(client);
    const end = (code: number): unknown =>
      client.end(`HTTP/1.1 ${String(code)} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    if (status !== undefined) return end(status);
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) return end(407);
    const url = new URL(`http://${request.url ?? ''}`);
    return lead(client, url.hostname, Number(url.port), () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
  };
  const basic = `Basic ${Buffer.from(`${proxyUser.name}:${proxyUser.password}`).toString('base64')}`;
  const servers = [
    createHttpServer().on('connect', tunnel()),
    createHttpServer().on('connect', tunnel(basic)),
    createHttpsServer(pair).on('connect', tunnel()),
    createServer((client) => {
      keep(client);
      void speakSocks(client, lead).catch(() => client.destroy());
    }),
    createHttpServer().on('connect', tunnel(undefined, 403)),
  ] as const;
  const [http, guarded, https, socks, refusing] = await Promise.all(servers.map(listen));
  return {
    http: http ?? '',
    guarded: guarded ?? '',
    https: https ?? '',
    socks: socks ?? '',
    refusing: refusing ?? '',
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** As much of RFC 1928 as a client needs that has a name or an IPv4 address. */
async function speakSocks(
  client: Socket,
  lead: (client: Duplex, host: string, port: number, ready: () => void) => void,
): Promise<void> {
  const [methods = 0] = (await take(client, 2)).subarray(1);
  await take(client, methods);
  client.write(Uint8Array.of(5, 0));
  const [, , , kind = 0] = await take(client, 4);
  const length = kind === 3 ? ((await take(client, 1))[0] ?? 0) : 4;
  const address = await take(client, length);
  const port = (await take(client, 2)).readUInt16BE();
  const host = kind === 3 ? address.toString('latin1') : address.join('.');
  lead(client, host, port, () => client.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0)));
}

async function take(client: Socket, length: number): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = client.read(length);
    if (bytes instanceof Buffer) return bytes;
    await once(client, 'readable');
  }
}
