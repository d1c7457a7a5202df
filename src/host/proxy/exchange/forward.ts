import { request as httpRequest } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import { asError } from '../as-error.ts';
import type { Keeping } from '../asset-cache/asset-cache.ts';
import type { ExchangeWatch } from '../traffic.ts';
import { answerHead } from './answer-head.ts';
import type { AnswerHead } from './answer-head.ts';
import { flushHead } from './flush-head.ts';
import type { ResponseHeaders, SentHeaders } from './header-list.ts';
import type { ExchangeLimits } from './limits.ts';
import { breakOff } from './break-off.ts';
import { BadAnswer, NoAnswer } from './no-answer.ts';
import { relay } from './relay.ts';
import { dropBody } from './request-body.ts';
import { sendHead } from './send-head.ts';
import type { SentBody } from './sent-body.ts';
import { sentTrailers } from './trailers.ts';

/** Where connections come from, and what is spoken on them. */
export interface ForwardingAgent extends Agent {
  readonly protocol: string;
}

export interface Forwarding {
  request: IncomingMessage;
  response: ServerResponse;
  /** The request target for the workspace, byte for byte. */
  path: string;
  /** Flat, as `upstreamHeaders` makes them. */
  headers: string[];
  /** Where the connection comes from. */
  agent: ForwardingAgent;
  /** For a second try on a fresh connection, where a kept one may turn out to be closed; undefined: there is none. */
  fresh: ForwardingAgent | undefined;
  /** The connection has served a request before, whatever Node's client knows of that. */
  reused?: boolean;
  /** The request ends with its head. */
  bodiless: boolean;
  /** The client waits for a "100 Continue" before it sends the body. */
  expectsContinue: boolean;
  /** What has been read of the body: by an earlier try, and from now on. It goes first. */
  sent: SentBody;
  /** Makes the workspace's headers fit for the browser. */
  rewrite: (headers: ResponseHeaders) => SentHeaders;
  /** Is shown the answer's head as the workspace sent it, and what passes behind it, where that is to be kept. */
  keep?: ((head: AnswerHead) => Keeping | undefined) | undefined;
  /** Called at most once, and only while nothing has been answered. True: it will be forwarded once more, and its body is left to that. */
  fail: (error: Error) => boolean;
  /** What happens after the head has been sent ends this answer and is only told. */
  told: (error: Error) => void;
  watch: ExchangeWatch;
  limits: ExchangeLimits;
}

/** How long a workspace may think about an expectation that it does not know before the body is sent all the same. */
const continueMs = 1_000;

/** How long the head waits for the beginning of its body: if that is malformed, the workspace had better not hear of the request. */
const bodyMs = 200;

/** The writable side of an answer: with HTTP/2 the stream itself, which knows of back-pressure and resets. */
export function bodyOf(response: ServerResponse): Writable {
  const { stream } = response as { stream?: Writable };
  return stream ?? response;
}

/** Sends the request's body on as the workspace takes it. Returns what is to be called when it is left to another try. */
function sendBody(
  { request, sent, watch, limits }: Forwarding,
  outgoing: ClientRequest,
  onChunk: () => void,
): () => void {
  let moved = false;
  const onData = (chunk: Buffer): void => {
    moved = true;
    onChunk();
    sent.add(chunk);
    watch.fromClient(chunk);
  };
  const onEnd = (): void => {
    const trailers = sentTrailers(request.rawTrailers);
    if (trailers !== undefined && outgoing.chunkedEncoding && !outgoing.destroyed) outgoing.addTrailers(trailers);
  };
  const onClose = (): void => {
    request.unpipe(outgoing);
    dropBody(request, limits.lingerMs);
  };
  sent.begun = true;
  for (const chunk of sent.chunks ?? []) {
    moved = true;
    outgoing.write(chunk);
  }
  request.on('data', onData);
  if (request.readableEnded) onEnd();
  else request.once('end', onEnd);
  outgoing.once('close', onClose);
  request.pipe(outgoing);
  // Node keeps the head until there is something of the body, which may be long in coming: a workspace may answer before.
  const early = setTimeout(() => {
    if (!moved && !outgoing.writableEnded && !outgoing.destroyed) flushHead(outgoing);
  }, bodyMs).unref();
  outgoing.once('close', () => clearTimeout(early));
  return () => {
    request.unpipe(outgoing);
    request.removeListener('data', onData);
    request.removeListener('end', onEnd);
    outgoing.removeListener('close', onClose);
    request.pause();
  };
}

/** Sends the answer's head, then its body as the client takes it; either side's end is the other's. */
function sendAnswer(forwarding: Forwarding, incoming: IncomingMessage, outgoing: ClientRequest): void {
  const { request, response, watch, told } = forwarding;
  const head = answerHead(incoming);
  if (typeof head === 'string') throw new BadAnswer(head);
  // Before its headers are made fit for one browser.
  const keeping = forwarding.keep?.(head);
  try {
    sendHead(forwarding, head);
  } catch (error) {
    keeping?.breaks();
    throw error;
  }
  relay(incoming, bodyOf(response), {
    passes(chunk) {
      watch.fromWorkspace(chunk);
      keeping?.passes(chunk);
    },
    ends() {
      if (incoming.complete) keeping?.ends();
      else keeping?.breaks();
      const trailers = sentTrailers(incoming.rawTrailers);
      const can = request.httpVersionMajor === 2 || response.chunkedEncoding;
      if (trailers !== undefined && can && !response.destroyed) response.addTrailers(trailers);
    },
    breaks(error) {
      keeping?.breaks();
      told(error);
      breakOff(response);
      outgoing.destroy();
    },
  });
}

function isStale(error: Error, outgoing: ClientRequest, { reused = false }: Forwarding): boolean {
  return (outgoing.reusedSocket || reused) && !(error instanceof BadAnswer) && !(error instanceof NoAnswer);
}

/**
 * Takes one request to a workspace and its answer back. Never throws: an error before the answer's head is `fail`ed, one after
 * it ends this answer and nothing else; a client that leaves is felt in the pod at once.
 */
export function forward(forwarding: Forwarding): void {
  const { request, response, agent, fresh, told, limits } = forwarding;
  let outgoing: ClientRequest;
  try {
    outgoing = httpRequest({
      agent,
      protocol: agent.protocol,
      method: request.method,
      path: forwarding.path,
      headers: forwarding.headers,
      maxHeaderSize: limits.headerBytes,
    });
  } catch (error) {
    forwarding.fail(asError(error));
    return;
  }
  // Their bytes are limited: fields beyond the two thousandth would otherwise be left out without a word.
  outgoing.maxHeadersCount = 0;
  let settled = false;
  let answer: IncomingMessage | undefined;
  const patience = setTimeout(() => outgoing.destroy(new NoAnswer('answer')), limits.answerMs).unref();
  const settle = (): boolean => {
    const first = !settled;
    settled = true;
    clearTimeout(patience);
    return first;
  };
  let leaveBody = (): void => undefined;
  const onClientGone = (): void => {
    if (!response.writableEnded) outgoing.destroy();
  };
  response.once('close', onClientGone);

  const refuse = (error: Error): boolean => {
    try {
      return forwarding.fail(error);
    } catch (cause) {
      // What could not be sent may stand in the way of what would say so.
      told(asError(cause));
      breakOff(response);
      return false;
    }
  };
  const broke = (error: Error): void => {
    const first = settle();
    if (!first || response.headersSent || response.destroyed) {
      told(error);
      // Bytes past the end of an answer are no part of it: they end the connection that they came on, and only that.
      if (answer?.complete === true) return;
      if (response.headersSent && !response.writableEnded) breakOff(response);
    } else if (fresh !== undefined && isStale(error, outgoing, forwarding)) {
      response.removeListener('close', onClientGone);
      forward({ ...forwarding, agent: fresh, fresh: undefined, reused: false });
    } else if (refuse(error)) {
      response.removeListener('close', onClientGone);
      leaveBody();
    }
  };
  outgoing.on('error', broke);
  outgoing.once('close', () => {
    response.removeListener('close', onClientGone);
    if (!settled) broke(new NoAnswer('answer'));
  });
  outgoing.once('upgrade', (_incoming, socket: Duplex) => {
    socket.on('error', told);
    socket.destroy();
    broke(new BadAnswer('It changed the protocol without being asked to.'));
  });
  outgoing.once('response', (incoming) => {
    clearTimeout(patience);
    // Its errors without a reader, such as one after a refusal, are the request's.
    incoming.on('error', told);
    if (settled || outgoing.destroyed) {
      incoming.destroy();
      return;
    }
    answer = incoming;
    forwarding.sent.forget();
    try {
      sendAnswer(forwarding, incoming, outgoing);
      settle();
    } catch (error) {
      broke(asError(error));
      outgoing.destroy();
    }
  });
  passHints(forwarding, outgoing);
  const send = (): void => {
    leaveBody = sendBody(forwarding, outgoing, () => patience.refresh());
  };
  if (forwarding.bodiless) {
    request.resume();
    outgoing.end();
  } else if (forwarding.expectsContinue) awaitContinue(forwarding, outgoing, send);
  else send();
}

/** Sends the body once the workspace has asked for it, or after a while: many servers know nothing of the expectation. */
function awaitContinue({ response }: Forwarding, outgoing: ClientRequest, send: () => void): void {
  const proceed = (): void => {
    clearTimeout(waiting);
    outgoing.removeListener('continue', proceed);
    if (response.headersSent || response.destroyed || outgoing.destroyed) return;
    response.writeContinue();
    send();
  };
  const waiting = setTimeout(proceed, continueMs).unref();
  outgoing.once('continue', proceed);
  outgoing.once('close', () => clearTimeout(waiting));
}

/** Early hints (RFC 8297) go on; other interim answers are the workspace's and ours alone. */
function passHints({ response, limits, told }: Forwarding, outgoing: ClientRequest): void {
  let interim = 0;
  outgoing.on('information', ({ statusCode, headers: { link } }) => {
    interim += 1;
    if (interim > limits.interim) outgoing.destroy(new BadAnswer('It sent interim answers without end.'));
    else if (statusCode === 103 && link !== undefined && !response.headersSent && !response.destroyed) {
      try {
        response.writeEarlyHints({ link });
      } catch (error) {
        // They are an offer: malformed ones are left out.
        told(asError(error));
      }
    }
  });
}
