import { createRandom } from '../../simulation/random.ts';
import type { Random } from '../../simulation/random.ts';
import type { Play } from '../hostile-server.ts';
import type { Draft } from './draft.ts';
import { markOf } from './marks.ts';
import { mutateBytes, mutateDraft } from './mutations.ts';

export interface FuzzAnswer {
  ask: 'get' | 'head' | 'post' | 'upgrade';
  play: Play;
  /** What the client must see of an answer that is in order. */
  whole?: { status: number; body: string };
}

const asks = ['get', 'get', 'get', 'get', 'head', 'post', 'upgrade'] as const;
const ends = ['end', 'end', 'end', 'end', 'reset', 'stay'] as const;
const statuses = [200, 200, 200, 201, 204, 206, 301, 304, 400, 401, 404, 418, 500, 503] as const;
const reasons = ['OK', '', 'Fine \xe4', 'No\tContent', 'a much longer reason than anybody needs'] as const;
const plainFields = [
  'Content-Type: text/html; charset=utf-8',
  'Set-Cookie: a=b; Path=/; Domain=example.org',
  'Set-Cookie: __Host-x=1; Secure',
  'Cache-Control: no-store',
  'Location: http://localhost:8080/next',
  'ETag: "a-b"',
  'Vary: *',
  'Date: Thu, 01 Jan 1970 00:00:00 GMT',
  'X-Empty:',
  'X-Obs: \xc3\xa4',
  `X-Long: ${'l'.repeat(3_000)}`,
  'Link: </a.css>; rel=preload',
  'Server: fuzz',
] as const;

/** The answer of this seed: of a third nothing is wrong, the others are made wrong in one to three ways. */
export function generateAnswer(seed: number): FuzzAnswer {
  const random = createRandom(seed);
  const ask = random.pick(asks);
  const sound = random.chance(0.35);
  const { draft, whole, delimited } = soundAnswer(random, seed, ask);
  if (!sound) for (let count = random.between(1, 2); count > 0; count -= 1) mutateDraft(random, draft);
  const written = write(draft);
  const bytes = Buffer.from(!sound && random.chance(0.5) ? mutateBytes(random, written) : written, 'latin1');
  const after = sound ? (delimited && random.chance(0.8) ? 'stay' : 'end') : random.pick(ends);
  const play: Play = { bytes, after, pieces: piecesOf(random, bytes.length) };
  return sound && ask !== 'upgrade' ? { ask, play, whole } : { ask, play };
}

function soundAnswer(random: Random, seed: number, ask: FuzzAnswer['ask']) {
  const upgraded = ask === 'upgrade' && random.chance(0.7);
  const status = upgraded ? 101 : random.pick(statuses);
  const bodyless = upgraded || status === 204 || status === 304;
  const body = bodyless ? '' : bodyText(random);
  const framing = bodyless ? 'none' : random.pick(['length', 'chunked', 'close']);
  const fields = [`X-Mark: ${markOf(seed)}`];
  for (let count = random.between(0, 6); count > 0; count -= 1) fields.push(random.pick(plainFields));
  if (upgraded) fields.push('Connection: Upgrade', 'Upgrade: websocket');
  if (framing === 'length') fields.push(`Content-Length: ${body.length}`);
  if (framing === 'chunked') fields.push('Transfer-Encoding: chunked');
  const sent = ask === 'head' ? '' : body;
  const payload = framing === 'chunked' && ask !== 'head' ? chunksOf(random, sent) : sent;
  const draft: Draft = {
    interim: random.chance(0.1) ? ['HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'] : [],
    first: `HTTP/1.1 ${status} ${random.pick(reasons)}`,
    fields,
    payload,
    lineEnd: '\r\n',
  };
  return { draft, whole: { status, body: sent }, delimited: framing !== 'close' };
}

function bodyText(random: Random): string {
  const length = random.pick([0, 1, 2, 100, 1_000, 70_000]);
  return String.fromCharCode(random.between(0, 255)).repeat(length);
}

function chunksOf(random: Random, body: string): string {
  let chunks = '';
  for (let at = 0; at < body.length; ) {
    const size = Math.min(body.length - at, random.pick([1, 7, 1_000, 65_536]) * (body.length > 10_000 ? 1_000 : 1));
    const extension = random.chance(0.1) ? ';a=b' : '';
    chunks += `${size.toString(16)}${extension}\r\n${body.slice(at, at + size)}\r\n`;
    at += size;
  }
  return `${chunks}0\r\n${random.chance(0.1) ? 'X-Trailer: t\r\n' : ''}\r\n`;
}

function write({ interim, first, fields, payload, lineEnd }: Draft): string {
  return `${interim.join('')}${[first, ...fields, '', ''].join(lineEnd)}${payload}`;
}

function piecesOf(random: Random, length: number): number[] {
  return Array.from({ length: random.pick([0, 0, 0, 1, 2, 5]) }, () => random.between(1, Math.max(1, length)));
}
