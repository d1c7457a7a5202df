import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { startFront } from '#test/proxy/front.ts';
import type { Front, FrontOptions } from '#test/proxy/front.ts';
import { openHttp2 } from '#test/proxy/http2-client.ts';
import { openRaw } from '#test/proxy/raw-client.ts';
import type { RawConnection } from '#test/proxy/raw-client.ts';

// On machines that do much else besides.
vi.setConfig({ testTimeout: 60_000 });

const owned: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of owned.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

interface Seen {
  front: Front;
  /** Of each connection, what was asked on it: method and path. */
  asked: string[][];
}

/** A front, and a server that answers by the request's path, on each connection that comes. */
async function ground(
  answer: (path: string, socket: Socket, connection: number) => void,
  options: FrontOptions = {},
): Promise<Seen> {
  const asked: string[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const connection = asked.push([]) - 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // Clients that leave are what it is for.
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end !== -1; end = received.indexOf('\r\n\r\n')) {
        const [method = '', path = ''] = received.split(' ', 2);
        received = received.slice(end + 4);
        asked[connection]?.push(`${method} ${path}`);
        answer(path, socket, connection);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  owned.push({
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
  const front = await startFront((server.address() as AddressInfo).port, options);
  owned.push(front);
  return { front, asked };
}

const plain = (text: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\n${more}Content-Length: ${String(text.length)}\r\n\r\n${text}`;

async function get(client: RawConnection, front: Front, path: string): Promise<string> {
  const answer = await client.ask({ bytes: `GET ${path} HTTP/1.1\r\nHost: ${front.authority('w')}\r\n\r\n` });
  return answer.kind === 'complete' ? `${String(answer.head.status)} ${String(answer.body)}` : answer.kind;
}

const until = async (what: string, condition: () => boolean): Promise<void> => {
  await waitUntil(() => Promise.resolve(condition()), { what, timeoutMs: 20_000 });
};

const inPieces = (socket: Socket, pieces: string[]): void => {
  const [first, ...rest] = pieces;
  if (first === undefined) return;
  socket.write(first, () => setImmediate(() => inPieces(socket, rest)));
};

test('one connection serves whatever is answered: plainly, in chunks, in pieces, at length, without a body', async () => {
  const long = 'x'.repeat(300_000);
  const answers: Record<string, string[]> = {
    '/plain': [plain('plain')],
    '/chunks': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '6\r\nchunks\r\n', '0\r\n\r\n'],
    '/pieces': ['HTTP/1.1 200 OK\r\nConte', 'nt-Length: 6\r\n\r', '\npie', 'ces'],
    '/long': [plain(long)],
    '/none': ['HTTP/1.1 204 No Content\r\n\r\n'],
    '/interim': ['HTTP/1.1 102 Processing\r\n\r\n', plain('after')],
  };
  const { front, asked } = await ground((path, socket) => inPieces(socket, answers[path] ?? []));
  const client = await openRaw(front);
  const paths = ['/plain', '/chunks', '/plain', '/pieces', '/long', '/none', '/interim', '/plain'];
  const said: string[] = [];
  for (const path of paths) said.push(await get(client, front, path));
  client.close();
  expect(said).toEqual([
    '200 plain',
    '200 chunks',
    '200 plain',
    '200 pieces',
    `200 ${long}`,
    '204 ',
    '200 after',
    '200 plain',
  ]);
  expect(asked).toEqual([paths.map((path) => `GET ${path}`)]);
});

test('what is said behind a plain answer is no answer to the next request', async () => {
  const { front, asked } = await ground((path, socket) => {
    socket.write(plain(path));
    if (path === '/1') setImmediate(() => socket.write(plain('poison')));
  });
  const client = await openRaw(front);
  const first = await get(client, front, '/1');
  await until('the line to be let go', () => front.tunnels === 0);
  const second = await get(client, front, '/2');
  client.close();
  expect([first, second, asked]).toEqual(['200 /1', '200 /2', [['GET /1'], ['GET /2']]]);
});

test.each([
  ['before an answer', ''],
  ['in the middle of its head', 'HTTP/1.1 200 OK\r\nContent-'],
])('a kept connection that ends %s is no loss: the request goes out once more', async (_when, beginning) => {
  const { front, asked } = await ground((path, socket, connection) => {
    if (path === '/again' && connection === 0) socket.end(beginning);
    else socket.write(plain(path));
  });
  const client = await openRaw(front);
  const said = [await get(client, front, '/first'), await get(client, front, '/again')];
  client.close();
  expect([said, asked]).toEqual([
    ['200 /first', '200 /again'],
    [['GET /first', 'GET /again'], ['GET /again']],
  ]);
});

test('a fresh connection that ends before an answer is told, and nothing is sent again', async () => {
  const { front, asked } = await ground((_path, socket) => socket.end());
  const client = await openRaw(front);
  const said = await get(client, front, '/');
  client.close();
  expect([said.slice(0, 3), asked]).toEqual(['502', [['GET /']]]);
});

test('a client that leaves before the answer is felt by the program at once', async () => {
  const { front, asked } = await ground(() => undefined);
  const client = await openRaw(front);
  client.socket.write(`GET / HTTP/1.1\r\nHost: ${front.authority('w')}\r\n\r\n`);
  await until('it to be asked', () => asked[0]?.length === 1);
  client.close();
  await until('the line to be let go', () => front.tunnels === 0);
  expect(asked).toEqual([['GET /']]);
});

test('a server that keeps connections for a moment only is believed', async () => {
  const { front, asked } = await ground((path, socket) => socket.write(plain(path, 'Keep-Alive: timeout=1\r\n')));
  const client = await openRaw(front);
  const said = [await get(client, front, '/1'), await get(client, front, '/2')];
  client.close();
  expect([said, asked]).toEqual([
    ['200 /1', '200 /2'],
    [['GET /1'], ['GET /2']],
  ]);
});

test('by HTTP/2 it is the same', async () => {
  const { front, asked } = await ground((path, socket) => socket.write(plain(path)));
  const client = await openHttp2(front);
  const said: string[] = [];
  for (const path of ['/1', '/2']) {
    const { outcome } = await client.ask({ headers: { ':method': 'GET', ':path': path } });
    said.push(outcome.kind === 'complete' ? String(outcome.body) : outcome.kind);
  }
  client.close();
  expect([said, asked]).toEqual([['/1', '/2'], [['GET /1', 'GET /2']]]);
});

test.each([
  ['with its head', 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 0\n\n'],
  ['behind it', 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'],
])('each event of a stream whose first comes %s is seen before there is another', async (_when, beginning) => {
  let stream: Socket | undefined;
  const { front } = await ground((_path, socket) => {
    stream = socket;
    socket.write(beginning);
  });
  const client = await openRaw(front);
  let seen = '';
  client.socket.on('data', (bytes: Buffer) => (seen += bytes.toString('latin1')));
  client.socket.write(`GET / HTTP/1.1\r\nHost: ${front.authority('w')}\r\n\r\n`);
  await until('the head', () => seen.includes('text/event-stream'));
  for (const event of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
    stream?.write(event);
    await until(event, () => seen.includes(event));
  }
  client.close();
  expect(seen.match(/data: \d/g)?.slice(-3)).toEqual(['data: 1', 'data: 2', 'data: 3']);
});

test('whoever waits when the pod goes is told, and asks another on a line that had served before', async () => {
  let silent = true;
  const { front, asked } = await ground((path, socket) => {
    if (path !== '/wait' || !silent) socket.write(plain(path));
  });
  const [fresh, used] = [await openRaw(front), await openRaw(front)];
  const waiting = get(fresh, front, '/wait');
  await until('the first to be asked', () => asked.flat().length === 1);
  front.closeTunnels();
  expect(await waiting).toMatch(/^502 /);

  expect(await get(used, front, '/')).toBe('200 /');
  const again = get(used, front, '/wait');
  await until('it to be asked', () => asked.flat().length === 3);
  silent = false;
  front.closeTunnels();
  expect(await again).toBe('200 /wait');
  fresh.close();
  used.close();
});

test('an answer that has begun when the pod goes is broken off', async () => {
  const { front, asked } = await ground((_path, socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
  );
  const client = await openRaw(front);
  const begun = get(client, front, '/');
  await until('it to be asked', () => asked.flat().length === 1);
  await until('its beginning', () => client.socket.bytesRead > 200);
  front.closeTunnels();
  expect(await begun).not.toMatch(/^200 half|complete/);
  client.close();
});

test('one that ends each connection at once is told of as that', async () => {
  const server = createServer((socket) =>
    socket
      .on('error', () => socket.destroy())
      .resume()
      .end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front = await startFront((server.address() as AddressInfo).port);
  owned.push({ [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) }, front);
  const client = await openRaw(front);
  expect(await get(client, front, '/')).toMatch(/^502 /);
  client.close();
});

test.each([
  ['is asked anew where it stands beside another one of that kind', false, [['GET /chunks'], ['GET /small']]],
  ['is taken as it comes where it does not', true, [['GET /small']]],
])('what turns out to be no small answer %s', async (_what, weighs, after) => {
  const chunks = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nchunks\r\n0\r\n\r\n';
  const { front, asked } = await ground((path, socket) => socket.write(path === '/chunks' ? chunks : plain(path)), {
    weighs: () => weighs,
  });
  const client = await openRaw(front);
  for (let count = 0; count < 256; count += 1) expect(await get(client, front, '/small')).toBe('200 /small');
  // The connection that stands beside others, and what is asked on it.
  await until('another connection', () => asked.length === 2);
  expect([await get(client, front, '/small'), await get(client, front, '/chunks')]).toEqual([
    '200 /small',
    '200 chunks',
  ]);
  await until('it to be let go', () => front.tunnels === 0);
  expect(await get(client, front, '/small')).toBe('200 /small');
  client.close();
  expect([asked[0]?.length, asked[1]]).toEqual([256, ['GET /small', 'GET /chunks']]);
  expect(asked.slice(2)).toEqual(after);
});
