import type { Random } from '../../simulation/random.ts';
import type { Draft } from './draft.ts';

const firstLines = [
  'HTTP/1.1 099 X',
  'HTTP/1.1 000 X',
  'HTTP/1.1 600 X',
  'HTTP/1.1 999 X',
  'HTTP/1.1 2000 X',
  'HTTP/1.1 -1 X',
  'HTTP/1.1 100 Continue',
  'HTTP/1.1 101 Switching Protocols',
  'HTTP/1.1 103 X',
  'HTTP/1.1 204 X',
  'HTTP/1.1 304 X',
  'HTTP/1.1 200 O\x01K',
  'HTTP/1.1 200 O\x00K',
  'HTTP/1.1 200 O\rK',
  'HTTP/1.1 200',
  'HTTP/1.0 200 OK',
  'HTTP/0.9 200 OK',
  'HTTP/2.0 200 OK',
  'ICY 200 OK',
  'SSH-2.0-x',
  '',
] as const;

const fields = [
  'Content-Length: 1',
  'Content-Length: 0',
  'Content-Length: 99999',
  'Content-Length: -1',
  'Content-Length: +1',
  'Content-Length: 1, 1',
  'Content-Length: 1 1',
  'Content-Length: 99999999999999999999999',
  'Content-Length:',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, chunked',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: identity',
  'Transfer-Encoding:\x0bchunked',
  'Trailer: X-Trailer',
  'Trailer: Content-Length',
  'Connection: close',
  'Connection: upgrade',
  'Connection: content-length, transfer-encoding',
  'Connection: x-mark, set-cookie',
  'Upgrade: h2c',
  'Keep-Alive: timeout=0',
  'Proxy-Connection: close',
  'X A: b',
  'X-A : b',
  ' folded',
  ': none',
  'no colon',
  'X\x00: b',
  'X-A: \x00',
  'X-A: \x01',
  'X-A: a\rb',
  'X-A: a\nb',
  'X-\xe4: b',
  'Set-Cookie: \x7f',
  'Location: \xff\xff',
  'Location: http://[',
  '__proto__: x',
  'Content-Encoding: gzip',
  'Expect: 100-continue',
  'Sec-WebSocket-Accept: x',
] as const;

const tails = [
  'G',
  'GARBAGE',
  '\r\n',
  '0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison',
  '\x00',
] as const;
const chunkish = [
  'zz\r\n',
  '-1\r\nx\r\n',
  'ffffffffffffffff\r\n',
  '5;\x01\r\nhello\r\n',
  '1\nx\r\n',
  '0\r\nContent-Length: 5\r\n\r\n',
] as const;
const tokens = [
  '\r',
  '\n',
  '\r\n',
  '\r\n\r\n',
  '\x00',
  ' ',
  '\t',
  ':',
  ';',
  ',',
  '0',
  '\x80',
  '\xff',
  'HTTP/1.1 ',
] as const;

/** Makes one thing of the answer's structure wrong. */
export function mutateDraft(random: Random, draft: Draft): void {
  const at = random.between(0, draft.fields.length);
  const inside = random.between(0, draft.payload.length);
  switch (random.between(0, 11)) {
    case 0:
    case 1:
      draft.first = random.pick(firstLines);
      break;
    case 2:
    case 3:
    case 4:
      draft.fields.splice(at, 0, random.pick(fields));
      break;
    case 5:
      draft.fields.splice(at, 1);
      break;
    case 6:
      draft.fields.push(...draft.fields.slice(at));
      break;
    case 7:
      draft.payload = draft.payload.slice(0, inside);
      break;
    case 8:
      draft.payload += random.pick(tails);
      break;
    case 9:
      draft.payload = draft.payload.slice(0, inside) + random.pick(chunkish) + draft.payload.slice(inside);
      break;
    case 10:
      draft.interim = Array<string>(random.pick([1, 3, 200])).fill(`${random.pick(firstLines)}\r\n\r\n`);
      break;
    default:
      draft.lineEnd = random.pick(['\n', '\r', '\r\r\n', '\n\r']);
  }
}

/** Changes bytes wherever they are: most often near the beginning, where they mean the most. */
export function mutateBytes(random: Random, text: string): string {
  let changed = text;
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    const at = random.between(0, random.chance(0.7) ? Math.min(changed.length, 300) : changed.length);
    const until = at + random.pick([1, 1, 2, 10, 100]);
    switch (random.between(0, 4)) {
      case 0:
        changed = changed.slice(0, at) + String.fromCharCode(random.between(0, 255)) + changed.slice(at + 1);
        break;
      case 1:
        changed = changed.slice(0, at) + random.pick(tokens) + changed.slice(at);
        break;
      case 2:
        changed = changed.slice(0, at) + changed.slice(until);
        break;
      case 3:
        changed = changed.slice(0, until) + changed.slice(at);
        break;
      default:
        changed = changed.slice(0, at);
    }
  }
  return changed;
}
