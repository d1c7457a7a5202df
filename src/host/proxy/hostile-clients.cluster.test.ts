import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { CreatedNamespace } from '#test/create-namespace.ts';
import { createHostileWorkspace } from '#test/hostile/hostile-workspace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

// What a client can write on a socket that no well-behaved one would, against a real host and a real pod: nothing of it may
// reach the pod as a request that the client did not plainly make, and the host must be there for the next one.

const id = 'hostile';
let namespace: CreatedNamespace;
let started: StartedHost;
/** The host's own credentials, as lines. */
let credentials: string;

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  await createHostileWorkspace(namespace, id);
  const { host: _host, ...own } = started.to(`https://${id}.localhost/`).headers;
  credentials = Object.entries(own)
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('');
  const isUp = async (): Promise<boolean> => (await started.ask(`https://${id}.localhost/`)).status === 200;
  await waitUntil(isUp, { what: 'the hostile workspace to answer', timeoutMs: 60_000 });
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

const seenSchema = z.array(
  z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.unknown()) }),
);

async function seen(): Promise<z.infer<typeof seenSchema>> {
  const answer = await started.ask(`https://${id}.localhost/seen`);
  return seenSchema.parse(answer.json());
}

/** Writes bytes over TLS and gives back all that comes until the host ends the connection, or has said `until`. */
async function write(bytes: string | readonly string[], name = `${id}.localhost`, until?: RegExp): Promise<string> {
  const socket = connectTls({
    host: '127.0.0.1',
    port: started.port,
    servername: name,
    ca: started.ca,
    ALPNProtocols: ['http/1.1'],
  });
  let said = '';
  const { promise, resolve } = Promise.withResolvers<string>();
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    said += text;
    if (until?.test(said) === true) socket.destroy();
  });
  // A reset is an end as well.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => resolve(said));
  for (const piece of [bytes].flat()) socket.write(piece, 'latin1');
  return promise;
}

const hosted = (): string => `Host: ${id}.localhost:${String(started.port)}\r\n${credentials}`;
/** A request with these lines, which ends its connection; `{m}` stands for the mark of the test. */
const get = (lines: string, path = '/x'): string =>
  `GET ${path}?m={m} HTTP/1.1\r\n${hosted()}${lines}Connection: close\r\n\r\n`;
const post = (lines: string, body: string, rest = 'Connection: close\r\n'): string =>
  `POST /x?m={m} HTTP/1.1\r\n${hosted()}${lines}${rest}\r\n${body}`;
const hidden = (): string => `GET /hidden?m={m} HTTP/1.1\r\nHost: ${id}.localhost:${String(started.port)}\r\n\r\n`;

let tries = 0;
async function attempt(text: string): Promise<{ said: string; statuses: number[]; arrived: string[] }> {
  const mark = `raw${String((tries += 1))}`;
  const said = await write(text.replaceAll('{m}', mark));
  const arrived = (await seen())
    .filter(({ url }) => url.includes(`m=${mark}`))
    .map(({ method, url }) => `${method} ${url.split('?')[0] ?? ''}`);
  return { said, statuses: [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)), arrived };
}

describe('a request that can be read in two ways is refused, and what is hidden in it does not arrive', () => {
  const long = 'a'.repeat(70_000);
  const cases: [string, () => string][] = [
    ['length and chunks', () => post(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${hidden()}`)],
    ['chunks and length', () => post(`Transfer-Encoding: chunked\r\nContent-Length: 5\r\n`, `0\r\n\r\n${hidden()}`)],
    [
      'length and chunks, kept alive',
      () => post(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${hidden()}`, ''),
    ],
    ['two lengths', () => post('Content-Length: 5\r\nContent-Length: 6\r\n', 'hello')],
    ['the same length twice', () => post('Content-Length: 5\r\nContent-Length: 5\r\n', 'hello')],
    ['a list of lengths', () => post('Content-Length: 5, 5\r\n', 'hello')],
    ['a length with a sign', () => post('Content-Length: +5\r\n', 'hello')],
    ['a length below zero', () => post('Content-Length: -5\r\n', 'hello')],
    ['a length in hex', () => post('Content-Length: 0x5\r\n', 'hello')],
    ['a length with a blank in it', () => post('Content-Length: 5 5\r\n', 'hello')],
    ['a length that is no number', () => post('Content-Length: five\r\n', 'hello')],
    ['a length without end', () => post(`Content-Length: ${'9'.repeat(40)}\r\n`, 'hello')],
    ['a length with a letter behind', () => post('Content-Length: 5a\r\n', 'hello')],
    [
      'chunked twice',
      () => post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden()}`),
    ],
    ['chunked, chunked', () => post('Transfer-Encoding: chunked, chunked\r\n', `0\r\n\r\n${hidden()}`)],
    ['identity, chunked', () => post('Transfer-Encoding: identity, chunked\r\n', `0\r\n\r\n${hidden()}`)],
    ['chunked, identity', () => post('Transfer-Encoding: chunked, identity\r\n', `0\r\n\r\n${hidden()}`)],
    ['gzip', () => post('Transfer-Encoding: gzip\r\n', `0\r\n\r\n${hidden()}`)],
    ['xchunked', () => post('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${hidden()}`)],
    ['chunked with a tab', () => post('Transfer-Encoding:\tchunked\x0b\r\n', `0\r\n\r\n${hidden()}`)],
    ['chunked in quotes', () => post('Transfer-Encoding: "chunked"\r\n', `0\r\n\r\n${hidden()}`)],
    [
      'a name with a blank before the colon',
      () => post('Transfer-Encoding : chunked\r\nContent-Length: 5\r\n', `0\r\n\r\n${hidden()}`),
    ],
    ['a name with a tab before the colon', () => post('Content-Length\t: 5\r\n', 'hello')],
    ['a name with a blank before it', () => post('X: y\r\n Content-Length: 5\r\n', 'hello')],
    ['a folded line', () => get('X-Folded: a\r\n b\r\n')],
    ['a folded length', () => post('Content-Length:\r\n 5\r\n', 'hello')],
    ['a folded coding', () => post('Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${hidden()}`)],
    ['a first line that is folded', () => `GET /x?m={m} HTTP/1.1\r\n X: y\r\n${hosted()}\r\n`],
    ['a bare line feed between headers', () => get('X-A: b\nX-C: d\r\n')],
    ['a bare line feed that ends the headers', () => `GET /x?m={m} HTTP/1.1\r\n${hosted()}X: y\n\n${hidden()}`],
    ['a bare line feed after the first line', () => `GET /x?m={m} HTTP/1.1\n${hosted()}\r\n`],
    ['a bare carriage return in a value', () => get('X-A: b\rX-C: d\r\n')],
    ['a bare carriage return that ends the headers', () => `GET /x?m={m} HTTP/1.1\r\n${hosted()}X: y\r\r${hidden()}`],
    ['a NUL in a value', () => get('X-A: b\0c\r\n')],
    ['a NUL in a name', () => get('X-A\0: b\r\n')],
    ['a control character in a value', () => get('X-A: b\x01c\r\n')],
    ['a line without a colon', () => get('nonsense\r\n')],
    ['a name of nothing', () => get(': b\r\n')],
    ['a name with a bracket', () => get('X(A): b\r\n')],
    ['a name outside ASCII', () => get('X-\xe4: b\r\n')],
    ['two hosts', () => get(`Host: evil.example\r\n`)],
    ['the same host twice', () => get(hosted().split('\r\n')[0] + '\r\n')],
    ['no host', () => 'GET /x?m={m} HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['Connection: content-length', () => post('Connection: content-length\r\nContent-Length: 5\r\n', 'hello')],
    [
      'Connection: Content-Length, close',
      () => post('Content-Length: 5\r\n', 'hello', 'Connection: close, Content-Length\r\n'),
    ],
    [
      'Connection: transfer-encoding',
      () => post('Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden()}`),
    ],
    [
      'GET with a body and Connection: content-length',
      () =>
        `GET /x?m={m} HTTP/1.1\r\n${hosted()}Connection: content-length\r\nContent-Length: ${String(hidden().length)}\r\n\r\n${hidden()}`,
    ],
    [
      'DELETE with chunks and Connection: transfer-encoding',
      () =>
        `DELETE /x?m={m} HTTP/1.1\r\n${hosted()}Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden()}`,
    ],
    ['a chunk size that is none', () => post('Transfer-Encoding: chunked\r\n', `zz\r\nhello\r\n0\r\n\r\n`)],
    ['a chunk size with a sign', () => post('Transfer-Encoding: chunked\r\n', `+5\r\nhello\r\n0\r\n\r\n`)],
    ['a chunk size with 0x', () => post('Transfer-Encoding: chunked\r\n', `0x5\r\nhello\r\n0\r\n\r\n`)],
    [
      'a chunk size without end',
      () => post('Transfer-Encoding: chunked\r\n', `${'f'.repeat(40)}\r\nhello\r\n0\r\n\r\n`),
    ],
    ['a chunk longer than its size', () => post('Transfer-Encoding: chunked\r\n', `3\r\nhello\r\n0\r\n\r\n`)],
    [
      'a chunk that ends by a bare line feed',
      () => post('Transfer-Encoding: chunked\r\n', `5\nhello\n0\n\n${hidden()}`),
    ],
    [
      'a chunk extension with a bare line feed',
      () => post('Transfer-Encoding: chunked\r\n', `5;a\nb\r\nhello\r\n0\r\n\r\n`),
    ],
    ['a chunk extension without end', () => post('Transfer-Encoding: chunked\r\n', `5;${long}\r\nhello\r\n0\r\n\r\n`)],
    ['trailers without end', () => post('Transfer-Encoding: chunked\r\n', `0\r\nX: ${long}\r\n\r\n`)],
    ['headers without end', () => get(`X-A: ${long}\r\n`)],
    [
      'more headers than anybody needs',
      () => get(Array.from({ length: 9_000 }, (_, n) => `X-${String(n)}: yyyy\r\n`).join('')),
    ],
    ['an address without end', () => `GET /${long}?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
    ['a method of nothing', () => ` /x?m={m} HTTP/1.1\r\n${hosted()}\r\n`],
    ['a method that is none', () => `G(T /x?m={m} HTTP/1.1\r\n${hosted()}\r\n`],
    ['a method that nobody knows', () => `HACK /x?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
    ['a blank in the address', () => `GET /x y?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
    ['a tab in the address', () => `GET /x\ty?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
    ['a NUL in the address', () => `GET /x\0y?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
    ['another version', () => `GET /x?m={m} HTTP/2.0\r\n${hosted()}\r\n`],
    ['a version of nothing', () => `GET /x?m={m} HTTP/9.9\r\n${hosted()}\r\n`],
    ['no version', () => `GET /x?m={m}\r\n${hosted()}\r\n`],
    ['another protocol', () => `SIP/2.0 200 OK\r\n\r\n`],
    ['the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['not HTTP at all', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['an address of a host', () => `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${hosted()}\r\n`],
    ['a proxy’s address', () => `GET http://169.254.169.254/x?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
    ['the address of all', () => `OPTIONS * HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
    ['a path without a slash', () => `GET x?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`],
  ];
  test.each(cases)('%s', async (_what, text) => {
    const { said, statuses, arrived } = await attempt(text());
    expect(arrived).toEqual([]);
    expect(statuses.filter((status) => status < 400 || status === 500)).toEqual([]);
    expect(said).not.toContain('secret');
  });
});

describe('what may be read in one way only arrives as that, once', () => {
  const cases: [string, () => string, string[]][] = [
    [
      'a chunked DELETE whose body reads as a request',
      () => {
        const body = hidden();
        return `DELETE /x?m={m} HTTP/1.1\r\n${hosted()}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${(body.length + 2).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
      },
      ['DELETE /x'],
    ],
    [
      'an OPTIONS with a length',
      () => `OPTIONS /x?m={m} HTTP/1.1\r\n${hosted()}Content-Length: 5\r\nConnection: close\r\n\r\nhello`,
      ['OPTIONS /x'],
    ],
    [
      'a GET with a body',
      () => `GET /x?m={m} HTTP/1.1\r\n${hosted()}Content-Length: 5\r\nConnection: close\r\n\r\nhello`,
      ['GET /x'],
    ],
    ['Connection: host', () => `GET /x?m={m} HTTP/1.1\r\n${hosted()}Connection: host, close\r\n\r\n`, ['GET /x']],
    [
      'Connection: cookie',
      () => `GET /x?m={m} HTTP/1.1\r\n${hosted()}Cookie: a=b\r\nConnection: cookie, close\r\n\r\n`,
      ['GET /x'],
    ],
    ['a chunk extension', () => post('Transfer-Encoding: chunked\r\n', `5;a=b\r\nhello\r\n0\r\n\r\n`), ['POST /x']],
    [
      'two requests in one write',
      () => `GET /x?m={m} HTTP/1.1\r\n${hosted()}\r\nGET /y?m={m} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`,
      ['GET /x', 'GET /y'],
    ],
    ['%0d%0a in the address', () => get('', '/x%0d%0aSet-Cookie:%20a=b'), ['GET /x%0d%0aSet-Cookie:%20a=b']],
    ['dots in the address', () => get('', '/../../etc/passwd'), ['GET /../../etc/passwd']],
    [
      'an upgrade to what nobody speaks',
      () => `GET /x?m={m} HTTP/1.1\r\n${hosted()}Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`,
      ['GET /x'],
    ],
  ];
  test.each(cases)('%s', async (_what, text, wanted) => {
    const { arrived } = await attempt(text());
    expect(arrived).toEqual(wanted);
  });
});

describe('what the pod sees of the client', () => {
  const claims: [string, string][] = [
    ['Forwarded', 'for=6.6.6.6'],
    ['X-Forwarded-For', '6.6.6.6'],
    ['X-Forwarded-Host', 'evil.example'],
    ['X-Forwarded-Proto', 'gopher'],
    ['X-Forwarded-Port', '66'],
    ['X-Forwarded-Prefix', '/evil'],
    ['X-Real-IP', '6.6.6.6'],
    ['Via', '6.6.6.6'],
    ['Proxy-Authorization', 'Basic c2VjcmV0'],
    ['Proxy-Connection', 'keep-alive'],
    ['Keep-Alive', 'timeout=66'],
    ['TE', 'gzip'],
    ['Cookie', '__Host-guildnet-session=c2VjcmV0'],
    ['Cookie', 'guildnet=c2VjcmV0'],
    ['Cookie', '__Host-guildnet-frame=1'],
  ];
  test.each(claims)('not %s: %s', async (name, value) => {
    const mark = `claim${String((tries += 1))}`;
    await write(`GET /x?m=${mark} HTTP/1.1\r\n${hosted()}${name}: ${value}\r\nConnection: close\r\n\r\n`);
    const request = (await seen()).find(({ url }) => url.includes(`m=${mark}`));
    expect(request).toBeDefined();
    const told = JSON.stringify(request?.headers);
    expect(told).not.toMatch(/6\.6\.6\.6|evil|gopher|:"66"|timeout=66|c2VjcmV0|gzip"|guildnet/);
    expect(told).not.toContain(credentials.trim().split(' ').at(-1) || 'no credentials');
  });
});

describe('what the pod says to the client', () => {
  const says: [string, string, RegExp][] = [
    ['a header of another', 'location:/x%0d%0aSet-Cookie:%20a=b', /^set-cookie: a=b/im],
    ['HSTS', 'strict-transport-security:max-age=1', /^strict-transport/im],
    ['Clear-Site-Data', 'clear-site-data:"*"', /^clear-site/im],
    ['Alt-Svc', 'alt-svc:h3=":443"', /^alt-svc/im],
    ['NEL', 'nel:{}', /^nel/im],
    ['Set-Cookie2', 'set-cookie2:a=b', /^set-cookie2/im],
    ['a cookie of ours', 'set-cookie:__Host-guildnet-session=x; Path=/', /guildnet-session=x/i],
    ['a cookie for all of localhost', 'set-cookie:a=b; Domain=localhost', /domain=/i],
    ['frames for all', 'content-security-policy:frame-ancestors *', /frame-ancestors \*/i],
    ['a proxy’s question', 'proxy-authenticate:Basic', /^proxy-authenticate/im],
    ['its inner port', `location:http://${id}.localhost:3000/dir/`, /:3000/],
    ['its inner port to refresh', `refresh:0; url=http://${id}.localhost:3000/dir/`, /:3000/],
    ['its name in the cluster', `location:http://${id}/dir/`, /http:/],
  ];
  test.each(says)('not %s', async (_what, header, unwanted) => {
    const path = `/say?h=${encodeURIComponent(header)}`;
    const said = await write(`GET ${path} HTTP/1.1\r\n${hosted()}Connection: close\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 200/);
    expect(said.split('\r\n\r\n')[0]).not.toMatch(unwanted);
  });
});

describe('the host’s own loopback, and its secrets, are not behind it', () => {
  test.each([
    ['/proxy?to=127.0.0.1:22&path=/'],
    ['/proxy?to=localhost:{port}&path=/api/servers'],
    ['/proxy?to=[::1]:{port}&path=/'],
    ['/proxy?to=0.0.0.0:{port}&path=/'],
    ['/proxy?to=169.254.169.254:80&path=/latest/meta-data/'],
    ['/proxy?to=2130706433:{port}&path=/'],
    ['/proxy?to=0x7f.1:{port}&path=/'],
    ['/proxy?to=[::ffff:127.0.0.1]:{port}&path=/'],
    ['/proxy?to=localtest.me:{port}&path=/'],
    ['/proxy/127.0.0.1:{port}/api/servers'],
    ['/proxy/localhost:{port}/'],
    ['/proxy/server/..%2f..%2fapi/servers'],
    ['/proxy/server/hostile@127.0.0.1/'],
  ])('%s', async (path) => {
    const answer = await started.ask(path.replaceAll('{port}', String(started.port)));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).not.toBe(500);
    expect(answer.text).not.toMatch(/bearer|eyJ|client-key|BEGIN |"items"|ami-id/i);
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '169.254.169.254',
    '[::ffff:1.2.3.4]',
    'hostile.localhost.',
  ])('asked as %s it is nobody', async (name) => {
    const said = await write(
      `GET / HTTP/1.1\r\nHost: ${name}:${String(started.port)}\r\n${credentials}Connection: close\r\n\r\n`,
      'localhost',
    );
    expect(said).toMatch(/^HTTP\/1\.1 (?:400|403|404|421)/);
  });
});

test('refusals stand in the log with their reason, and no secret does', async () => {
  await started.ask(`https://${id}.localhost/x`, { headers: { origin: 'https://evil.example' } });
  const refusals = started.lines.filter((line) => line.includes('A request was refused'));
  expect(refusals.some((line) => line.includes('A page of another site sent this request.'))).toBe(true);
  expect(started.lines.join('')).not.toContain('c2VjcmV0');
});

test('connections that say nothing, or half of something, do not keep others from being served', async () => {
  const idle: Socket[] = Array.from({ length: 100 }, () => connectTcp(started.port, '127.0.0.1'));
  for (const socket of idle) socket.on('error', () => socket.destroy());
  const half = Array.from({ length: 50 }, () =>
    connectTls({ host: '127.0.0.1', port: started.port, servername: 'localhost', ca: started.ca }),
  );
  for (const socket of half) {
    socket.on('error', () => socket.destroy());
    socket.write('GET / HTTP/1.1\r\nHost: loc');
  }
  const answers = await Promise.all(Array.from({ length: 20 }, () => started.ask(`https://${id}.localhost/x`)));
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
  for (const socket of [...idle, ...half]) socket.destroy();
});
