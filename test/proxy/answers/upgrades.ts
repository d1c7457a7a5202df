import { brokenOff, ok, passes, refused, two } from './answer-case.ts';
import type { AnswerCase, Right } from './answer-case.ts';

/** Of the key that all the upgrades of the corpus carry (RFC 6455, 1.3). */
const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const switching = 'HTTP/1.1 101 Switching Protocols\r\n';
const granted = `${switching}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;

const upgraded = (bytes = ''): Right => ({ kind: 'upgraded', bytes });

const upgrade = (
  what: string,
  answer: string,
  right: readonly Right[],
  more: Partial<AnswerCase> = {},
): AnswerCase => ({
  what: `upgrade: ${what}`,
  ask: 'upgrade',
  answer,
  after: 'stay',
  right,
  ...more,
});

/** Answers to a WebSocket's handshake (RFC 9110, 7.8; RFC 6455, 4). */
export const upgrades: readonly AnswerCase[] = [
  upgrade('granted', granted, [upgraded()]),
  upgrade('granted, in single bytes', granted, [upgraded()], { drip: true }),
  upgrade('granted, with bytes in the same packet', `${granted}\x81\x05hello`, [upgraded('\x81\x05hello')]),
  upgrade('granted, with bytes that are no frame', `${granted}\xff\xff\xff`, [upgraded('\xff\xff\xff')]),
  upgrade('granted, and the end at once', granted, [upgraded()], { after: 'end' }),
  upgrade('granted, bytes, and the end at once', `${granted}\x88\x00`, [upgraded('\x88\x00')], { after: 'end' }),
  upgrade('granted, and a reset', granted, [upgraded(), refused], { after: 'reset' }),
  // Whether the key fits is for the client to see: to us it is a tunnel.
  upgrade('a wrong Sec-WebSocket-Accept', granted.replace(accept, 'AAAA'), [upgraded(), refused]),
  upgrade('no Sec-WebSocket-Accept', granted.replace(/Sec.*\r\n\r\n/, '\r\n'), [upgraded(), refused]),
  upgrade('101 without Upgrade', `${switching}Connection: Upgrade\r\n\r\n`, [refused]),
  upgrade('101 without Connection', `${switching}Upgrade: websocket\r\n\r\n`, [refused]),
  upgrade('101 without either', `${switching}\r\n`, [refused]),
  upgrade('101 to another protocol', `${switching}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`, [refused]),
  upgrade('101 with a length', granted.replace('\r\n\r\n', `\r\n${two}`), [upgraded(), upgraded('ok'), refused]),
  upgrade('101 with chunks', granted.replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'), [
    upgraded(),
    refused,
  ]),
  upgrade('101 with a control character in its reason', granted.replace('Protocols', 'P\x01'), [upgraded(), refused]),
  upgrade('101 with a bad field', granted.replace('\r\n\r\n', '\r\nX\x00: a\r\n\r\n'), [refused]),
  upgrade('101 with header injection', granted.replace('\r\n\r\n', '\r\nX: a\rb\r\n\r\n'), [refused]),
  upgrade('101 with Set-Cookie', granted.replace('\r\n\r\n', '\r\nSet-Cookie: a=b\r\n\r\n'), [upgraded()]),
  upgrade('101 with a header of 200 KB', granted.replace('\r\n\r\n', `\r\nX: ${'a'.repeat(200_000)}\r\n\r\n`), [
    upgraded(),
    refused,
  ]),
  upgrade('101 in HTTP/1.0', granted.replace('1.1', '1.0'), [upgraded(), refused]),
  upgrade('103 and then granted', `HTTP/1.1 103 X\r\n\r\n${granted}`, [upgraded(), refused]),
  upgrade('100 and then granted', `HTTP/1.1 100 Continue\r\n\r\n${granted}`, [upgraded(), refused]),
  upgrade('1xx without end', 'HTTP/1.1 103 X\r\n\r\n'.repeat(100), [refused], { after: 'repeat' }),
  upgrade('099', `HTTP/1.1 099 X\r\n${two}`, [refused]),
  upgrade('999', `HTTP/1.1 999 X\r\n${two}`, [refused]),
  upgrade('200', `${ok}${two}`, [passes()]),
  upgrade('200 with Trailer', `${ok}Trailer: X\r\n${two}`, [passes()]),
  upgrade('200 with a control character in its reason', `HTTP/1.1 200 O\x01K\r\n${two}`, [passes(), refused]),
  upgrade('200 with more than its length', `${ok}${two}GARBAGE`, [passes()]),
  upgrade('200 with chunks', `${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`, [passes()]),
  upgrade('200 that ends with its connection', `${ok}\r\nok`, [passes()], { after: 'end' }),
  upgrade('200 that breaks off', `${ok}Content-Length: 9\r\n\r\nok`, [brokenOff('ok')], { after: 'end' }),
  upgrade('404 that breaks off', 'HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nok', [brokenOff('ok', 404)], {
    after: 'end',
  }),
  upgrade(
    '200 with bad chunks',
    `${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n`,
    [brokenOff('ok'), passes(200, 'ok'), passes(200, '')],
    {
      after: 'end',
    },
  ),
  upgrade(
    '400 with a length and chunks',
    `HTTP/1.1 400 X\r\nTransfer-Encoding: chunked\r\n${two}`,
    [refused, brokenOff('', 400)],
    { after: 'end' },
  ),
  upgrade('401', `HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\n${two}`, [passes(401)]),
  upgrade('302', `HTTP/1.1 302 Found\r\nLocation: /x\r\n${two}`, [passes(302)]),
  upgrade('426 with Upgrade', `HTTP/1.1 426 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${two}`, [passes(426)]),
  upgrade('204', 'HTTP/1.1 204 X\r\n\r\n', [passes(204, '')]),
  upgrade('the end instead of an answer', '', [refused], { after: 'end' }),
  upgrade('a reset instead of an answer', '', [refused], { after: 'reset' }),
  upgrade('half a 101 and the end', granted.slice(0, 40), [refused], { after: 'end' }),
  upgrade('garbage', '\x00\xff'.repeat(100), [refused]),
  upgrade('an SSH banner', 'SSH-2.0-OpenSSH_9.2p1\r\n', [refused]),
];
