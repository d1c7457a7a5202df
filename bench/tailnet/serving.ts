import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '#host/observability/log.ts';
import { listenInwards } from '#host/tailnet/inwards.ts';

/*
 * The server at the end of both ways, in a process of its own: at a port of loopback, to which tailscaled forwards, and where our node
 * hands connections over, which is given the secret of the first argument's variable. Says where it is in one line of JSON.
 */

const block = Buffer.alloc(64 * 1024, 'x');

const server = createServer((request, response) => {
  const length = Number(URL.parse(request.url ?? '', 'http://x')?.searchParams.get('bytes') ?? 0);
  request.resume().once('end', () => {
    response.setHeader('content-length', Math.max(length, 2));
    if (length === 0) {
      response.end('ok');
      return;
    }
    let left = length;
    const more = (): void => {
      while (left > 0) {
        const piece = block.subarray(0, Math.min(left, block.length));
        left -= piece.length;
        if (!response.write(piece)) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    more();
  });
});
server.keepAliveTimeout = 0;
const inwards = await listenInwards({
  secret: process.env['BENCH_SECRET'] ?? '',
  onConnection: (socket) => server.emit('connection', socket),
  log: createLog({ level: 'silent' }),
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, inwards: inwards.address })}\n`);
});
process.stdin.resume().once('end', () => process.exit(0));
