import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startFront } from '#test/proxy/front.ts';
import type { Front } from '#test/proxy/front.ts';
import { createLog } from '../../observability/log.ts';
import { createAssetCache } from './asset-cache.ts';
import type { AssetCache } from './asset-cache.ts';

// Programs that say what real ones say only by mistake; the proxy's whole way is real.

const publicly = { 'cache-control': 'public, max-age=60', etag: '"1"' };
const body = 'x'.repeat(100_000);

const program: Record<string, (response: ServerResponse) => void> = {
  '/fine': (response) => response.writeHead(200, publicly).end(body),
  '/cookie': (response) => response.writeHead(200, { ...publicly, 'set-cookie': 'a=b' }).end(body),
  '/short': (response) => {
    response.writeHead(200, { ...publicly, 'content-length': '200000' });
    response.write(body, () => response.destroy());
  },
  '/chunked-short': (response) => {
    response.writeHead(200, publicly);
    response.write(body, () => response.destroy());
  },
};

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  size: number;
}

let folder: string;
let cache: AssetCache;
let front: Front;
let asked: string[];
let close: () => void;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-assets-'));
  cache = createAssetCache({ folder, log: createLog({ level: 'silent' }) });
  asked = [];
  const server = createServer((request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    program[request.url ?? '']?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  front = await startFront((server.address() as AddressInfo).port, { cache });
});
afterEach(async () => {
  await front[Symbol.asyncDispose]();
  close();
  await rm(folder, { recursive: true, force: true });
});

async function byHttp1(path: string, headers: Record<string, string> = {}, id = 'w'): Promise<Got> {
  const request = httpsRequest({
    host: '127.0.0.1',
    port: front.port,
    ca: front.ca,
    servername: `${id}.localhost`,
    agent: false,
    path,
    headers: { host: front.authority(id), ...headers },
  }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const bytes = await buffer(response).catch(() => Buffer.alloc(0));
  return { status: response.statusCode ?? 0, headers: response.headers, size: bytes.length };
}

async function byHttp2(path: string, headers: Record<string, string> = {}, id = 'w'): Promise<Got> {
  const session = connect(`https://127.0.0.1:${String(front.port)}`, { ca: front.ca, servername: `${id}.localhost` });
  session.on('error', () => undefined);
  try {
    const stream = session.request({ ':path': path, ':authority': front.authority(id), ...headers });
    const [answered] = (await once(stream, 'response')) as [Record<string, string>];
    const bytes = await buffer(stream).catch(() => Buffer.alloc(0));
    return { status: Number(answered[':status']), headers: answered, size: bytes.length };
  } finally {
    session.destroy();
  }
}

const settled = (kept: number): Promise<void> => vi.waitFor(() => expect(cache.status().kept).toBe(kept));

describe.each([
  ['HTTP/1.1', byHttp1],
  ['HTTP/2', byHttp2],
])('by %s', (_protocol, get) => {
  test('an asset is asked for once, and then served from here as its program would', async () => {
    const first = await get('/fine');
    expect([first.status, first.size, first.headers['cache-status']]).toEqual([200, body.length, undefined]);
    await settled(1);
    const again = await get('/fine');
    expect([again.status, again.size]).toEqual([200, body.length]);
    expect(again.headers).toMatchObject({ age: '0', 'cache-status': 'guildnet; hit', etag: '"1"' });
    // What the host adds to every answer is there, too.
    expect(again.headers['content-security-policy']).toBe(first.headers['content-security-policy']);
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    const unchanged = await get('/fine', { 'if-none-match': '"1"' });
    expect([unchanged.status, unchanged.size]).toEqual([304, 0]);
    expect(asked).toEqual(['/fine']);
  });

  test('another workspace has its own', async () => {
    await get('/fine');
    await settled(1);
    expect((await get('/fine', {}, 'other')).headers['cache-status']).toBeUndefined();
    expect(asked).toEqual(['/fine', '/fine']);
  });

  test.each(['/cookie', '/short', '/chunked-short'])('%s is not kept', async (path) => {
    await get(path);
    await get('/fine');
    await settled(1);
    await get(path);
    expect(asked).toEqual([path, '/fine', path]);
    expect(cache.status()).toMatchObject({ entries: 1, bytes: body.length });
  });
});
