import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { plainAccess } from '#test/plain-access.ts';
import { createLog } from '../../../observability/log.ts';
import { portForwardTransport } from '../port-forward.ts';
import type { PortForward } from '../port-forward.ts';
import { TunnelAgent } from '../tunnel-agent.ts';

// An API server that answers as the test says: what a real one does to a page is in port-forward.cluster.test.ts.

const prefix = '/api/v1/namespaces/n/pods/p:8080/proxy';

interface Setting extends AsyncDisposable {
  transport: PortForward;
  ask(
    path: string,
    options?: { scheme?: 'http' | 'https'; headers?: Record<string, string> },
  ): Promise<[IncomingMessage, string]>;
}

async function setting(listener: RequestListener): Promise<Setting> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const transport = portForwardTransport(plainAccess(url), createLog({ level: 'silent' }), { ways: ['pod-proxy'] });
  return {
    transport,
    async ask(path, { scheme = 'http', headers = {} } = {}) {
      const open = () => transport.open({ namespace: 'n', pod: 'p', port: 8080 });
      const agent = new TunnelAgent({ open, scheme, keepAlive: false });
      const call = httpRequest({ agent, protocol: agent.protocol, path, host: 'x', port: 8080, headers });
      call.end();
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      const body = await text(response);
      await expect.poll(() => agent.size, { timeout: 30_000 }).toBe(0);
      return [response, body];
    },
    async [Symbol.asyncDispose]() {
      transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('paths go on byte for byte, and links that the API server wrote anew are put right', async () => {
  await using api = await setting((request, response) => {
    expect(request.url).toBe(`${prefix}/a%2Fb?x&&y`);
    const page = `<a href="${prefix}/login">in</a> ${'x'.repeat(100_000)} <img src="${prefix}/i.png">`;
    response.writeHead(302, {
      location: `${prefix}/login?next=1`,
      'content-type': 'text/html',
      'content-length': page.length,
    });
    response.end(page);
  });
  const [{ statusCode, headers }, body] = await api.ask('/a%2Fb?x&&y');
  expect([statusCode, headers.location, headers['content-length']]).toEqual([302, '/login?next=1', undefined]);
  expect(body).toBe(`<a href="/login">in</a> ${'x'.repeat(100_000)} <img src="/i.png">`);
});

test('a program that speaks TLS is asked for as such', async () => {
  await using api = await setting((request, response) => response.end(request.url));
  const [, body] = await api.ask('/secure', { scheme: 'https' });
  expect(body).toBe('/api/v1/namespaces/n/pods/https:p:8080/proxy/secure');
});

test('an error of the program is its own, and one of the API server ends the tunnel', async () => {
  const status = (message: string) => JSON.stringify({ kind: 'Status', message });
  await using api = await setting((request, response) => {
    const refused = request.url?.endsWith('/refused') === true;
    const body = refused
      ? status('error trying to reach service: dial tcp 10.0.0.1:8080: connect: connection refused')
      : '{"my":"error"}';
    response.writeHead(503, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
  const [{ statusCode }, body] = await api.ask('/mine');
  expect([statusCode, body]).toEqual([503, '{"my":"error"}']);
  await expect(api.ask('/refused')).rejects.toMatchObject({ failure: 'refused' });
});

test('a path that may lead out of the program to what our credentials may do does not get to the API server', async () => {
  const asked: (string | undefined)[] = [];
  await using api = await setting((request, response) => {
    asked.push(request.url);
    response.end();
  });
  for (const path of ['/../../../secrets', '/%2e%2e/x', 'http://elsewhere/x'])
    await expect(api.ask(path)).rejects.toMatchObject({ code: 'unsupported' });
  expect(asked).toEqual([]);
});

test('nobody’s words to the API server get there, and an event stream begins at once', async () => {
  await using api = await setting((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify(request.headers)}\n\n`);
  });
  const tunnel = api.transport.open({ namespace: 'n', pod: 'p', port: 8080 });
  tunnel.write(
    'GET / HTTP/1.1\r\nHost: w\r\nImpersonate-User: admin\r\nAuthorization: Bearer x\r\nCookie: a=b\r\n\r\n',
  );
  let seen = '';
  for await (const chunk of tunnel) {
    seen += String(chunk);
    if (seen.includes('\n\n')) break;
  }
  expect(seen).toContain('"cookie":"a=b"');
  expect(seen.toLowerCase()).not.toMatch(/impersonate|authorization/);
});

test('an upgrade is refused with what to do, and so is what is no HTTP', async () => {
  await using api = await setting((_request, response) => response.end());
  for (const [bytes, words] of [
    ['GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 'WebSockets'],
    ['\u0000\u0000\u0000\u0008nonsense\r\n\r\n', 'Only HTTP'],
  ] as const) {
    const tunnel = api.transport.open({ namespace: 'n', pod: 'p', port: 8080 });
    tunnel.write(bytes);
    const [error] = (await once(tunnel, 'error')) as [unknown];
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining(words) });
    expect(error).toHaveProperty('remedy');
  }
});
