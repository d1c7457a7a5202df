import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ResponseContext, wrapHttpLibrary } from '@kubernetes/client-node';
import type { HttpLibrary } from '@kubernetes/client-node';
import { readText } from './rest.ts';
import type { Transport } from './transport.ts';

/** Our transport in the shape that client-node's typed clients call. */
export function createHttpLibrary(transport: Transport, server: string): HttpLibrary {
  return wrapHttpLibrary({
    send: async (request) => {
      const body = request.getBody();
      if (body !== undefined && typeof body !== 'string')
        throw new TypeError('only text bodies are sent to the API server');
      const response = await transport.send({
        method: request.getHttpMethod(),
        path: request.getUrl().slice(server.length),
        headers: request.getHeaders(),
        signal: request.getSignal(),
        ...(body === undefined ? {} : { body }),
      });
      const headers = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : (value ?? ''),
        ]),
      );
      return new ResponseContext(response.statusCode ?? 0, headers, {
        text: () => readText(response),
        binary: () => buffer(response),
        stream: () => Readable.toWeb(response) as ReadableStream<Uint8Array>,
      });
    },
  });
}
