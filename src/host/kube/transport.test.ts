import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createSecureServer } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { plainAccess } from '#test/plain-access.ts';
import { createAuthority, openAuthority } from '../certs/authority.ts';
import { createClusterAccess } from './access/cluster-access.ts';
import type { ClusterAccess } from './access/cluster-access.ts';
import { createTransport } from './transport.ts';
import type { RequestSample } from './transport.ts';

/** A server that notes what it is asked and answers with `status`. */
async function setting(status: number | ((authorization: string | undefined) => number) = 200, access = plainAccess) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${await text(request)}`);
      response.writeHead(typeof status === 'number' ? status : status(request.headers.authorization)).end('{}');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const samples: RequestSample[] = [];
  const transport = createTransport(access(`http://127.0.0.1:${String(port)}`), (sample) => samples.push(sample));
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

test('HTTP/1.1 is spoken, also with a server that would rather speak HTTP/2, on whose proxy paths that fails', async () => {
  const authority = openAuthority(await createAuthority());
  const spoken: string[] = [];
  const server = createSecureServer(
    { ...(await authority.issue(['localhost'])), allowHTTP1: true },
    (request, answer) => {
      spoken.push(request.httpVersion);
      answer.end('{}');
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
  const data = Buffer.from(authority.cert).toString('base64');
  const entry = { name: 'both', file: '', line: undefined };
  const access = createClusterAccess({
    context: 'both',
    namespace: undefined,
    server: new URL(url),
    cluster: { ...entry, fields: { server: url, 'certificate-authority-data': data } },
    user: { ...entry, fields: {} },
  });
  const transport = createTransport(access);
  onTestFinished(() => {
    transport.close();
    access.close();
    server.close();
  });
  for (const kind of ['request', 'stream'] as const)
    await text(await transport.send({ method: 'GET', path: '/api/v1/namespaces/n/pods/p:80/proxy/', kind }));
  // The way of the tunnels and of the pod-proxy subresource: an agent of the same access.
  const agent = access.agent({ keepAlive: false, purpose: { what: 'tunnels', protocol: 'http/1.1' } });
  const { options } = await access.prepare();
  const asked = httpsRequest(`${url}/`, { ...options, agent });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  await text(answer);
  expect(spoken).toEqual(['1.1', '1.1', '1.1']);
});

/** The way to a server with credentials that are a number, and can be had anew so many times. */
function numbered(renewals: number): (server: string) => ClusterAccess {
  let number = 1;
  return (server) => ({
    ...plainAccess(server),
    prepare: () =>
      Promise.resolve({
        options: { identity: '', headers: { Authorization: String(number) } },
        answered: (status) => {
          const renewed = status === 401 && number <= renewals;
          if (renewed) number += 1;
          return Promise.resolve(renewed);
        },
      }),
  });
}

test.each([
  ['once more with others, where they can be had', 1, 2, 200, 2],
  ['not again, where they cannot', 0, 2, 401, 1],
  ['not more than twice', 9, 9, 401, 2],
])('what is refused for its credentials is sent %s', async (_what, renewals, good, status, times) => {
  const { transport, asked } = await setting((given) => (given === String(good) ? 200 : 401), numbered(renewals));
  const response = await transport.send({ method: 'PATCH', path: '/a', body: 'x' });
  await text(response);
  expect([response.statusCode, asked]).toEqual([status, Array.from({ length: times }, () => 'PATCH /a x')]);
});
