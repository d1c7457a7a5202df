import { setTimeout as delay } from 'node:timers/promises';
import { Code, ConnectError } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { build } from 'esbuild';
import { Greeter } from './service.js';

const page = `<!doctype html><title>Greeter</title>
<output id="one"></output><output id="many"></output><output id="refused"></output>
<script type="module" src="/client.js"></script>`;

const greeter = {
  greet: ({ text }) => ({ text: `Hello, ${text}!` }),
  async *count({ text }) {
    for (let number = 1; number <= 5; number += 1) {
      yield { text: `${text} ${number}` };
      await delay(50);
    }
  },
  refuse() {
    throw new ConnectError('not today', Code.PermissionDenied);
  },
};

/** A gRPC service that browsers call by gRPC-web, with the page that does. */
export async function grpcWeb() {
  const { outputFiles } = await build({
    entryPoints: ['/opt/web/client.js'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const client = outputFiles[0].text;
  return connectNodeAdapter({
    grpc: false,
    connect: false,
    routes: (router) => router.service(Greeter, greeter),
    fallback(request, response) {
      const script = request.url === '/client.js';
      response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' });
      response.end(script ? client : page);
    },
  });
}
