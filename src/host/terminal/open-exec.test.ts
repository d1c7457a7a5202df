import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type WebSocket from 'ws';
import { plainAccess } from '#test/plain-access.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import type { ExecOutcome } from './exec-status.ts';
import { openExecOn } from './open-exec.ts';
import type { ExecProcess } from './open-exec.ts';

// The API server is a fake: the real one speaks version 5 alone, and cannot be made to break off. Of the real one see terminal.cluster.test.ts.

const request = { namespace: 'n', pod: 'p', container: 'workspace', command: ['echo', 'a b'], tty: false, input: true };

let server: Server;
let speaks: string[];
let asked: IncomingMessage | undefined;
let refusal: number | undefined;
let connected: PromiseWithResolvers<WebSocket>;

beforeEach(async () => {
  speaks = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
  [asked, refusal] = [undefined, undefined];
  connected = Promise.withResolvers();
  server = createServer();
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered].find((one) => speaks.includes(one)) ?? false,
  });
  server.on('upgrade', (incoming, socket, head) => {
    asked = incoming;
    if (refusal !== undefined) {
      const body = JSON.stringify({ kind: 'Status', message: 'pods "p" is forbidden' });
      socket.end(`HTTP/1.1 ${String(refusal)} No\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`);
      return;
    }
    sockets.handleUpgrade(incoming, socket, head, (peer) => connected.resolve(peer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function start(): Promise<{
  program: ExecProcess;
  peer: WebSocket;
  output: string[];
  ended: Promise<ExecOutcome | TunnelError>;
}> {
  const access = plainAccess(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  const starter = await openExecOn(access)(request);
  const output: string[] = [];
  const { promise, resolve } = Promise.withResolvers<ExecOutcome | TunnelError>();
  const program = starter({
    output: (stream, chunk) => output.push(`${stream}: ${chunk.toString()}`),
    drained: () => undefined,
    ended: resolve,
  });
  return { program, peer: await connected.promise, output, ended: promise };
}

const frame = (channel: number, text: string): Buffer => Buffer.concat([Buffer.from([channel]), Buffer.from(text)]);

describe('a program', () => {
  test('is asked for with its arguments, streams and both protocols', async () => {
    const { program } = await start();
    const url = new URL(asked?.url ?? '', 'http://server');
    expect(url.pathname).toBe('/api/v1/namespaces/n/pods/p/exec');
    expect(url.searchParams.getAll('command')).toEqual(['echo', 'a b']);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      container: 'workspace',
      stdin: 'true',
      stdout: 'true',
      stderr: 'true',
      tty: 'false',
    });
    expect(asked?.headers['sec-websocket-protocol']).toBe('v5.channel.k8s.io,v4.channel.k8s.io');
    program.cut();
  });

  test('gives its output by stream, and its code at the end', async () => {
    const { peer, output, ended } = await start();
    peer.send(frame(1, ''));
    peer.send(frame(1, 'out'));
    peer.send(frame(2, 'err'));
    // In pieces, as a gateway may cut it.
    peer.send(frame(3, '{"status":"Failure","reason":"NonZeroExitCode","details":'));
    peer.send(frame(3, '{"causes":[{"reason":"ExitCode","message":"3"}]}}'));
    peer.close();
    expect(await ended).toEqual({ kind: 'exited', code: 3 });
    expect(output).toEqual(['output: out', 'errors: err']);
  });

  test.each([
    {
      protocols: ['v5.channel.k8s.io'],
      tells: true,
      frames: [
        [0, 105],
        [255, 0],
      ],
    },
    { protocols: ['v4.channel.k8s.io'], tells: false, frames: [[0, 105]] },
  ])('with $protocols is told the end of its input: $tells', async ({ protocols, tells, frames }) => {
    speaks = protocols;
    const { program, peer } = await start();
    const got: number[][] = [];
    peer.on('message', (message: Buffer) => got.push([...message]));
    program.write(Buffer.from('i'));
    expect(program.endInput()).toBe(tells);
    program.resize({ cols: 2, rows: 1 });
    await expect.poll(() => got.length, { timeout: 30_000 }).toBe(frames.length + 1);
    expect(got.slice(0, -1)).toEqual(frames);
    expect(got.at(-1)?.[0]).toBe(4);
    program.cut();
  });

  test('whose connection breaks off has no outcome', async () => {
    const { peer, ended } = await start();
    peer.terminate();
    expect(await ended).toMatchObject({ failure: 'lost' });
  });

  test.each([
    { status: 403, failure: 'denied' },
    { status: 404, failure: 'gone' },
    { status: 500, failure: 'protocol' },
  ])('that is refused with $status is none', async ({ status, failure }) => {
    refusal = status;
    await expect(start()).rejects.toMatchObject({ failure });
  });

  test('on a server that speaks neither is none', async () => {
    speaks = [];
    await expect(start()).rejects.toBeInstanceOf(TunnelError);
  });
});
