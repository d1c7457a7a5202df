import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect, createServer } from 'node:tls';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { formatTable } from '#cli/output/table.ts';
import { createAuthority, openAuthority } from '#host/certs/authority.ts';
import { ForwardTunnel } from '#host/proxy/transport/forward-tunnel.ts';
import { SpdySession } from '#host/proxy/transport/spdy/session.ts';
import { WebSocketStream } from '#host/proxy/transport/spdy/web-socket-stream.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:upload-path -- [options]
Measures how fast bytes leave this process towards an API server, without one: TLS on loopback to a thread that throws them away.
What our framing costs is the difference to bare TLS. No cluster is needed.

Options:
  --rounds <n>     how many of each, of which the medians are shown (default 5)
  --megabytes <n>  how much is sent each time (default 400)
  --json           print all figures as JSON
  --help           show this text
`;

type Send = (total: number, piece: number) => Promise<void>;

/** Takes connections and throws away what they carry; tells its port. */
async function sink(): Promise<void> {
  const pair = await openAuthority(await createAuthority()).issue(['localhost']);
  const server = createServer(pair, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.resume();
  });
  server.listen(0, '127.0.0.1', () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads, not a window
    parentPort?.postMessage(server.address());
  });
}

async function line(port: number): Promise<Duplex> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  socket.setNoDelay(true);
  return socket;
}

async function writeAll(stream: Duplex, total: number, piece: number): Promise<void> {
  const chunk = Buffer.alloc(piece, 'x');
  for (let sent = 0; sent < total; sent += piece) if (!stream.write(chunk)) await once(stream, 'drain');
  if (stream.writableLength > 0) await once(stream, 'drain');
}

/** As a forwarded port writes: from a socket's pieces straight into the session. */
async function bySession(socket: Duplex, total: number, piece: number): Promise<void> {
  const session = new SpdySession(socket, { idle: () => undefined, closed: () => undefined });
  let drained = (): void => undefined;
  const forward = session.forward(80, {
    data: () => true,
    end: () => undefined,
    fail: () => undefined,
    drained: () => drained(),
  });
  const chunk = Buffer.alloc(piece, 'x');
  for (let sent = 0; sent < total; sent += piece) {
    const room = forward.write(chunk);
    if (!room) await new Promise<void>((resolve) => (drained = resolve));
    // A socket hands out one piece in a turn.
    else await new Promise<void>((resolve) => setImmediate(resolve));
  }
  session.close();
}

/** As the proxy writes: by a stream that stands for a socket. */
async function byTunnel(socket: Duplex, total: number, piece: number): Promise<void> {
  const session = new SpdySession(socket, { idle: () => undefined, closed: () => undefined });
  const tunnel = new ForwardTunnel();
  tunnel.on('error', () => undefined);
  tunnel.attach({
    halfCloses: true,
    begin: (listener) => session.forward(80, listener),
    discard: () => undefined,
  });
  await writeAll(tunnel, total, piece);
  session.close();
}

function contenders(port: number): Record<string, Send> {
  return {
    'bare TLS': async (total, piece) => {
      const socket = await line(port);
      await writeAll(socket, total, piece);
      socket.destroy();
    },
    'SPDY session': async (total, piece) => bySession(await line(port), total, piece),
    'SPDY in a WebSocket': async (total, piece) => bySession(new WebSocketStream(await line(port)), total, piece),
    'tunnel of the proxy': async (total, piece) => byTunnel(await line(port), total, piece),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

async function main(): Promise<number> {
  const values = benchArguments(usage, { rounds: '5', megabytes: '400' });
  if (values === undefined) return 0;
  const rounds = wholeNumber('--rounds', values.rounds);
  const total = wholeNumber('--megabytes', values.megabytes) * 1_000_000;
  const worker = new Worker(new URL(import.meta.url));
  const [{ port }] = (await once(worker, 'message')) as [{ port: number }];
  const seen = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const piece of [16 * 1024, 64 * 1024]) {
      for (const [name, send] of Object.entries(contenders(port))) {
        const began = performance.now();
        await send(total, piece);
        const speed = total / 1_000 / (performance.now() - began);
        const key = `${name}, pieces of ${String(piece / 1024)} KiB`;
        seen.set(key, [...(seen.get(key) ?? []), speed]);
      }
    }
  }
  await worker.terminate();
  if (values.json) process.stdout.write(`${JSON.stringify(Object.fromEntries(seen))}\n`);
  else {
    const rows = [...seen].map(([name, speeds]) => [name, median(speeds).toFixed(0)]);
    process.stdout.write(`${formatTable([['way', 'MB/s'], ...rows])}\n`);
  }
  return 0;
}

if (isMainThread) await runScript(main);
else await sink();
