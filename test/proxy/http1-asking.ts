import type { AnswerCase } from './answers/answer-case.ts';
import type { Asking } from './asking.ts';
import type { Front, FrontAddress } from './front.ts';
import { openRaw } from './raw-client.ts';
import type { Outcome, RawRequest } from './raw-client.ts';

/** A client of HTTP/1.1 that believes nothing but the standard. */
export async function http1Asking(front: Front): Promise<Asking> {
  const client = await openRaw(front);
  let next = client;
  let serves = false;
  return {
    async ask(answer) {
      const outcome = await client.ask(requestOf(answer, front));
      serves = answer.ask === undefined && outcome.kind === 'complete';
      return { outcome, rest: client.rest };
    },
    async next(): Promise<Outcome> {
      if (!serves || client.ended) next = await openRaw(front);
      return next.ask({ bytes: `GET /well HTTP/1.1\r\nHost: ${front.authority('w')}\r\n\r\n` });
    },
    close() {
      client.close();
      next.close();
    },
  };
}

/** The request that a case is the answer to; `more` are header lines of the client's own. */
export function requestOf({ ask = 'get' }: AnswerCase, front: FrontAddress, more = ''): RawRequest {
  const host = `Host: ${front.authority('w')}\r\n${more}`;
  switch (ask) {
    case 'get':
      return { bytes: `GET /case HTTP/1.1\r\n${host}\r\n` };
    case 'head':
      return { bytes: `HEAD /case HTTP/1.1\r\n${host}\r\n`, head: true };
    case 'http/1.0':
      return { bytes: `GET /case HTTP/1.0\r\n${host}\r\n` };
    case 'post':
      return { bytes: `POST /case HTTP/1.1\r\n${host}Content-Length: 1000000\r\n\r\n${'x'.repeat(1_000_000)}` };
    case 'upgrade':
      return {
        bytes: `GET /case HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        upgrade: true,
      };
  }
}
