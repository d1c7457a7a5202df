import type { Writable } from 'node:stream';
import { asError } from '../as-error.ts';
import type { AdoptingAgent } from '../transport/adopting-agent.ts';
import type { KeptLines } from '../transport/kept-lines.ts';
import type { Line } from '../transport/line.ts';
import { answerHead } from './answer-head.ts';
import { breakOff } from './break-off.ts';
import { bodyOf, forward } from './forward.ts';
import type { Forwarding } from './forward.ts';
import { NoAnswer } from './no-answer.ts';
import { plainAnswer } from './plain-answer.ts';
import type { PlainAnswer } from './plain-answer.ts';
import { requestText } from './request-text.ts';
import { sendHead } from './send-head.ts';

/** Where requests to one port go that may be sent a second time. */
export interface Lines {
  kept: KeptLines;
  /** For what is answered in more than the plainest way. */
  adopting: AdoptingAgent;
}

/** Where the time of an unused connection is up, nothing may be sent on it any more; the far end's clock began earlier than ours. */
const marginSeconds = 1;

function hangUp(): Error {
  return Object.assign(new Error('The workspace ended the connection before it answered.'), { code: 'ECONNRESET' });
}

function sendPlain(forwarding: Forwarding, { answered, body }: PlainAnswer): boolean {
  const head = answerHead(answered);
  if (typeof head === 'string') return false;
  const { response, watch } = forwarding;
  const keeping = forwarding.keep?.(head);
  try {
    sendHead(forwarding, head);
  } catch (error) {
    keeping?.breaks();
    throw error;
  }
  const sink: Writable = bodyOf(response);
  if (body.length > 0) {
    watch.fromWorkspace(body);
    keeping?.passes(body);
  }
  keeping?.ends();
  sink.end(body);
  return true;
}

/**
 * Takes a GET without a body to a workspace, and its answer back where that is of the plainest kind and comes at once: without the streams that Node's
 * HTTP client makes for each request, which are most of what a small one costs. Whatever else is answered is left to `forward`, with what has
 * been sent and has come. Like it, it never throws.
 */
export function forwardPlainly(forwarding: Forwarding, lines: Lines): void {
  const { response, request, told, limits } = forwarding;
  const text = requestText(forwarding.path, forwarding.headers);
  if (text === undefined) return forward(forwarding);
  let line: Line | undefined;
  let over = false;
  const finish = (): boolean => {
    if (over) return false;
    over = true;
    clearTimeout(patience);
    response.removeListener('close', onClientGone);
    return true;
  };
  const refuse = (error: Error): void => {
    try {
      forwarding.fail(error);
    } catch (cause) {
      // What could not be sent may stand in the way of what would say so.
      told(asError(cause));
      breakOff(response);
    }
  };
  const broke = (error: Error): void => {
    if (!finish()) return;
    const isStale = (line?.reused === true || line?.isShared === true) && !(error instanceof NoAnswer);
    line?.release();
    if (response.headersSent || response.destroyed) told(error);
    else if (isStale && forwarding.fresh !== undefined) anew();
    else refuse(error);
  };
  const anew = (): void => forward({ ...forwarding, agent: forwarding.fresh ?? forwarding.agent, fresh: undefined });
  const onClientGone = (): void => {
    if (!finish()) return;
    line?.release();
  };
  const patience = setTimeout(() => broke(new NoAnswer('answer')), limits.answerMs).unref();
  response.once('close', onClientGone);
  request.resume();

  const answer = (by: Line, bytes: Buffer): void => {
    if (!finish()) return;
    const plain = plainAnswer(bytes);
    try {
      if (plain !== undefined) {
        by.keptMs = plain.keptSeconds === undefined ? undefined : (plain.keptSeconds - marginSeconds) * 1_000;
        if (sendPlain(forwarding, plain)) return lines.kept.giveBack(by, true);
      }
    } catch (error) {
      by.release();
      return refuse(asError(error));
    }
    if (!lines.kept.weigh(by)) return anew();
    lines.adopting.adopt({ line: by, sent: text, first: bytes });
    forward({ ...forwarding, agent: lines.adopting, reused: by.reused });
  };
  const ask = (by: Line): void => {
    line = by;
    if (over) return by.release();
    // It has ended before anything could be asked on it.
    if (by.isOver) return broke(hangUp());
    by.use({
      data(bytes) {
        answer(by, bytes);
        return true;
      },
      end: () => broke(hangUp()),
      fail: broke,
      drained: () => undefined,
    });
    by.write(text);
  };
  const kept = lines.kept.take();
  if (kept !== undefined) ask(kept);
  else lines.kept.open().then(ask, (error: unknown) => broke(asError(error)));
}
