import { brokenOff, ok, passes, refused, tooLate, two } from './answer-case.ts';
import type { AnswerCase } from './answer-case.ts';

const other = (what: string, answer: string, more: Partial<AnswerCase> = {}): AnswerCase => ({
  what,
  answer,
  right: [refused],
  ...more,
});

const whole = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n6\r\nsix444\r\n0\r\n\r\n`;
const body = 'foursix444';
const headEnd = whole.indexOf('\r\n\r\n') + 4;

/** The answer up to each of its bytes: before its headers' end it is none, after that it breaks off. */
const cuts: readonly AnswerCase[] = Array.from({ length: whole.length - 1 }, (_, end) => ({
  what: `an answer that ends after ${end} of its ${whole.length} bytes`,
  answer: whole.slice(0, end),
  right: end < headEnd ? [refused] : [brokenOff(body), ...(end < headEnd + 3 ? [refused] : [])],
}));

/** Servers that do not speak HTTP/1.1, answer at the wrong time, or leave in the middle. */
export const otherProtocols: readonly AnswerCase[] = [
  other('an SSH banner', 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n'),
  other('an SSH banner, said at once', 'SSH-2.0-OpenSSH_9.2p1\r\n', { early: true, after: 'stay' }),
  other('an SMTP greeting', '220 mail.example ESMTP\r\n', { early: true, after: 'stay' }),
  other('a TLS alert', '\x15\x03\x01\x00\x02\x02\x46'),
  other('a TLS server hello', `\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03${'\xaa'.repeat(200)}`),
  other('an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00'),
  other('HTTP/2 settings', '\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\x00\x04\x00\x10\x00\x00', {
    early: true,
    after: 'stay',
  }),
  other('a request instead of an answer', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
  other('a page without headers (HTTP/0.9)', '<html>ok</html>'),
  other('a page without headers that has no end', '<p>ok</p>\n'.repeat(1_000), { after: 'repeat' }),
  other('zeros', '\x00'.repeat(1_000)),
  other('zeros without end', '\x00'.repeat(1_000), { after: 'repeat' }),
  other('0xff', '\xff'.repeat(1_000)),
  other('every byte', Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')),
  other('line ends without end', '\r\n'.repeat(1_000), { after: 'repeat', right: [tooLate, refused] }),
  other('a WebSocket frame', '\x81\x05hello'),
  other('Redis', '-ERR unknown command\r\n'),
  other('MySQL', 'J\x00\x00\x00\x0a8.0.36\x00', { early: true, after: 'stay' }),
  // What is there before the request is not its answer.
  other('an answer before the request', `${ok}${two}`, { early: true, after: 'stay', right: [refused, passes()] }),
  other('an answer before the request, and the end', `${ok}${two}`, { early: true, right: [refused, passes()] }),
  other('an answer in order to a POST', `${ok}${two}`, { ask: 'post', after: 'stay', keeps: true, right: [passes()] }),
  other('an answer before the body was read, and the end', `HTTP/1.1 413 Too Large\r\nConnection: close\r\n${two}`, {
    ask: 'post',
    right: [passes(413)],
  }),
  other('a reset in the middle of an upload', '', { ask: 'post', after: 'reset' }),
  ...cuts,
];
