import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline, Transform } from 'node:stream';
import type { Duplex } from 'node:stream';
import { asError } from '../as-error.ts';
import type { ExchangeWatch } from '../traffic.ts';
import { answerHead } from './answer-head.ts';
import { hopByHop, listed } from './header-list.ts';
import type { ResponseHeaders, SentHeaders } from './header-list.ts';
import { join } from './join.ts';
import type { ExchangeLimits } from './limits.ts';
import { BadAnswer, NoAnswer } from './no-answer.ts';
import type { UpgradeClient } from './upgrade-client.ts';
import { keepSingleValues } from './single-values.ts';
import { webSocketAccept } from './websocket-accept.ts';

export interface Upgrading {
  client: UpgradeClient;
  /** The protocol asked for, such as `websocket`. */
  protocol: string;
  /** `Sec-WebSocket-Key` as it goes to the workspace; undefined for other protocols. */
  key: string | undefined;
  path: string;
  /** Flat, as `upstreamHeaders` makes them. */
  headers: string[];
  /** A connection of its own: an upgrade takes it along. */
  connect: () => Duplex;
  /** Makes the workspace's headers fit for the browser. */
  rewrite: (headers: ResponseHeaders) => SentHeaders;
  /** Called at most once, and only while nothing has been answered. */
  fail: (error: Error) => void;
  told: (error: Error) => void;
  /** Called once, when nothing of it is left. */
  done: () => void;
  watch: ExchangeWatch;
  limits: ExchangeLimits;
}

/** The headers of a 101 that may go on, or in words why the upgrade is none (RFC 9110, 7.8; RFC 6455, 4.1). */
function grantedHeaders({ headersDistinct }: IncomingMessage, { protocol, key }: Upgrading): ResponseHeaders | string {
  const named = headersDistinct['upgrade'] ?? [];
  const connection = (headersDistinct['connection'] ?? []).flatMap(listed);
  if (named.length !== 1 || named[0]?.toLowerCase() !== protocol.toLowerCase() || !connection.includes('upgrade'))
    return 'It changed to another protocol than it was asked for.';
  if (key !== undefined && headersDistinct['sec-websocket-accept']?.[0] !== webSocketAccept(key))
    return 'It did not prove that it speaks WebSocket.';
  const headers = Object.create(null) as ResponseHeaders;
  for (const [name, values] of Object.entries(headersDistinct))
    if (!hopByHop.has(name) && name !== 'content-length') headers[name] = values;
  return keepSingleValues(headers) ?? headers;
}

/** Lets a number of bytes through, then breaks off. */
function atMost(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left < 0) done(new BadAnswer('Its answer to an upgrade has no end.'));
      else done(null, chunk);
    },
  });
}

/** The workspace answers the upgrade like any request: its answer is the client's, up to a size. */
function sendRefusal(upgrading: Upgrading, incoming: IncomingMessage, outgoing: ClientRequest): void {
  const { client, rewrite, told, limits } = upgrading;
  const head = answerHead(incoming);
  if (typeof head === 'string') throw new BadAnswer(head);
  const answer = client.answer(head.status, rewrite(head.headers));
  pipeline(incoming, atMost(limits.refusalBytes), answer, (error) => {
    outgoing.destroy();
    if (error === undefined || error === null) return;
    told(error);
    client.stream.destroy();
  });
}

/** A connection whose errors have an owner from the first moment to the last, whoever else listens in between. */
function ownedConnection({ connect, told }: Upgrading): Duplex {
  const connection = connect();
  connection.on('error', told);
  return connection;
}

/**
 * Asks a workspace for another protocol and, if it grants it, makes the two connections one. Never throws. Whatever happens, the
 * client's leaving ends the workspace's side and the other way round, and a workspace that never answers is given up.
 */
export function upgrade(upgrading: Upgrading): void {
  const { client, told, limits, watch } = upgrading;
  let outgoing: ClientRequest;
  let upstream: Duplex | undefined;
  try {
    outgoing = httpRequest({
      createConnection: () => (upstream = ownedConnection(upgrading)),
      method: 'GET',
      path: upgrading.path,
      headers: upgrading.headers,
      maxHeaderSize: limits.headerBytes,
    });
  } catch (error) {
    upgrading.fail(asError(error));
    upgrading.done();
    return;
  }
  outgoing.maxHeadersCount = 0;
  let answered = false;
  let refusal: IncomingMessage | undefined;
  let finished = false;
  const patience = setTimeout(() => outgoing.destroy(new NoAnswer('upgrade')), limits.upgradeMs).unref();
  const finish = (): void => {
    if (finished) return;
    finished = true;
    clearTimeout(patience);
    client.stream.removeListener('close', onClientGone);
    upstream?.destroy();
    upgrading.done();
  };
  const onClientGone = (): void => {
    outgoing.destroy();
    finish();
  };
  const broke = (error: Error): void => {
    clearTimeout(patience);
    if (answered || client.stream.destroyed) {
      told(error);
      // Bytes past the end of its answer are no part of it.
      if (refusal?.complete !== true) client.stream.destroy();
    } else {
      answered = true;
      upgrading.fail(error);
    }
  };
  const attempt = (act: () => void): void => {
    clearTimeout(patience);
    try {
      act();
      answered = true;
    } catch (error) {
      broke(asError(error));
      outgoing.destroy();
      finish();
    }
  };
  client.stream.once('close', onClientGone);

  outgoing.on('error', broke);
  outgoing.once('close', () => {
    // An upgrade granted has taken the connection along; `join` knows when it ends.
    if (answered) return;
    broke(new NoAnswer('upgrade'));
    finish();
  });
  let interim = 0;
  outgoing.on('information', () => {
    interim += 1;
    if (interim > limits.interim) outgoing.destroy(new BadAnswer('It sent interim answers without end.'));
  });
  outgoing.once('response', (incoming) => {
    incoming.on('error', told);
    if (answered || outgoing.destroyed) {
      incoming.destroy();
      return;
    }
    refusal = incoming;
    outgoing.once('close', finish);
    attempt(() => sendRefusal(upgrading, incoming, outgoing));
  });
  outgoing.once('upgrade', (incoming, socket: Duplex, head) => {
    attempt(() => {
      const granted = grantedHeaders(incoming, upgrading);
      if (typeof granted === 'string') throw new BadAnswer(granted);
      const accepted = client.accept(upgrading.protocol, upgrading.rewrite(granted));
      if (head.length > 0) socket.unshift(head);
      join(accepted, socket, {
        lingerMs: limits.lingerMs,
        fromClient: (chunk) => watch.fromClient(chunk),
        fromWorkspace: (chunk) => watch.fromWorkspace(chunk),
        done(error) {
          if (error !== undefined) told(error);
          finish();
        },
      });
    });
  });
  outgoing.end();
}
