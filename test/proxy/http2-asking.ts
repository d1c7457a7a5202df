import type { AnswerCase } from './answers/answer-case.ts';
import type { Asking } from './asking.ts';
import type { FrontAddress } from './front.ts';
import { openHttp2 } from './http2-client.ts';
import type { Http2Request } from './http2-client.ts';

/** A client of HTTP/2: what becomes of one of its streams must not be felt by the others on the connection. */
export async function http2Asking(front: FrontAddress): Promise<Asking> {
  const client = await openHttp2(front);
  return {
    ask: (answer) => client.ask(requestOf(answer)),
    next: async () => (await client.ask({ headers: { ':path': '/well' } })).outcome,
    close: () => client.close(),
  };
}

function requestOf({ ask = 'get' }: AnswerCase): Http2Request {
  const headers = { ':path': '/case' };
  switch (ask) {
    case 'head':
      return { headers: { ...headers, ':method': 'HEAD' } };
    case 'post':
      return { headers: { ...headers, ':method': 'POST' }, body: 'x'.repeat(1_000_000) };
    case 'upgrade':
      return {
        headers: { ...headers, ':method': 'CONNECT', ':protocol': 'websocket', 'sec-websocket-version': '13' },
        upgrade: true,
      };
    case 'get':
    case 'http/1.0':
      return { headers };
  }
}
