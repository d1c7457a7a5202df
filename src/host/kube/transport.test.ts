import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, onTestFinished, test } from 'vitest';
import { createTransport } from './transport.ts';
import type { RequestSample } from './transport.ts';

/** A server that notes what it is asked and answers with `status`. */
async function setting(status = 200) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${await text(request)}`);
      response.writeHead(status).end('{}');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const config = new KubeConfig();
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;
  config.loadFromClusterAndUser({ name: 'c', server: url, skipTLSVerify: true }, { name: 'u' });
  const samples: RequestSample[] = [];
  const transport = createTransport(config, (sample) => samples.push(sample));
  onTestFinished(() => {
    transport.close();
    server.close();
  });
  return { transport, asked, samples, server };
}

test('a request that is admitted is sent once, on a new connection as on a kept one', async () => {
  const { transport, asked } = await setting();
  for (const path of ['/1', '/2'])
    await text(await transport.send({ method: 'PATCH', path, body: 'x', admit: () => undefined }));
  expect(asked).toEqual(['PATCH /1 x', 'PATCH /2 x']);
});

test('a request that is not admitted at the last moment never leaves', async () => {
  const { transport, asked, samples } = await setting();
  const admit = (): void => {
    throw new Error('not any more');
  };
  for (const path of ['/1', '/2'])
    await expect(transport.send({ method: 'PATCH', path, body: 'x', admit })).rejects.toThrow('not any more');
  await text(await transport.send({ method: 'GET', path: '/3' }));
  expect(asked).toEqual(['GET /3 ']);
  expect(samples).toMatchObject([{ verb: 'GET', status: 200 }]);
});

test.each([
  ['an answer', 200, '/a', { verb: 'GET', status: 200 }],
  ['a refusal', 409, '/a', { verb: 'GET', status: 409 }],
  ['a watch', 200, '/a?watch=true&x=1', { verb: 'WATCH', status: 200 }],
])('%s is counted', async (_what, status, path, wanted) => {
  const { transport, samples } = await setting(status);
  await text(await transport.send({ method: 'GET', path }));
  expect(samples).toMatchObject([wanted]);
});

test('no answer is counted without a status', async () => {
  const { transport, samples, server } = await setting();
  server.close();
  await once(server, 'close');
  await expect(transport.send({ method: 'GET', path: '/a' })).rejects.toThrow('refused');
  expect(samples).toMatchObject([{ verb: 'GET', status: undefined }]);
});
