import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { askedHost } from '../../access/host-names.ts';
import { loopbackName, parseLoopbackName } from '../../access/loopback-names.ts';
import { ownAddress, route } from '../route.ts';
import { parseTargetText } from './target-text.ts';

const names = { port: 8080, listenHost: '127.0.0.1', allowedHosts: [] };
const config = {
  originMode: 'host' as const,
  ownOrigin: (ask: Parameters<typeof loopbackName>[0]) => {
    const name = loopbackName(ask);
    return name === undefined ? undefined : `https://${name}:8080`;
  },
};

/** Pieces that mean something to one of the parsers, and some that mean nothing. */
const pieces = [
  ...[
    '/proxy',
    '/proxy/',
    '/proxy?',
    '/proxy/server/',
    'to=',
    'path=',
    'scheme=',
    '&',
    '?',
    '=',
    '/',
    '//',
    '\\',
    '..',
  ],
  ...[
    'cs-1',
    'db',
    'db.ns',
    'A_b',
    '1a',
    'localhost',
    '.localhost',
    '.to.localhost',
    '--',
    '3000',
    '3000--',
    '9000s--',
  ],
  ...[
    '127.1',
    '0x7f000001',
    '2130706433',
    '[::1]',
    '[::ffff:7f00:1]',
    '[fe80::1%25eth0]',
    'bücher',
    '①',
    'xn--a',
    '::',
  ],
  ...[
    ':',
    ':80',
    ':0',
    ':65536',
    ':http',
    'https:',
    'http:',
    'https://',
    '@',
    '#',
    '%00',
    '%2F',
    '%2f',
    '%zz',
    '%',
    '+',
  ],
  ...['.', '-', '_', ' ', '\u0000', '\r\n', 'ÿ', '\u202e', 'a'.repeat(64), 'a'.repeat(300), '{', '|', '*', 'é'],
];

/** The same texts each time: a generator of our own (mulberry32). */
function texts(seed: number, count: number): string[] {
  let state = seed;
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(7) }, () => pieces[next(pieces.length)] ?? '').join(''),
  );
}

test('whatever is asked for, the answer is a route or a refusal in words that are short', () => {
  const kinds = new Set<string>();
  const wrong: string[] = [];
  for (const text of texts(1, 2_000)) {
    for (const url of [text, `/proxy${text}`, `/proxy/${text}/x`, `/proxy?to=${text}`, `/proxy/server/${text}/`]) {
      for (const fetchMode of [undefined, 'navigate']) {
        const routed = route({ host: askedHost('localhost:8080', names), url, fetchMode }, config);
        kinds.add(routed.kind);
        if (routed.kind === 'error' && routed.error.message.length > 400) wrong.push(url);
        // Nothing that is asked for becomes a page somewhere else.
        const elsewhere = /^(?!\/proxy\/|https:\/\/[^/?#@\\]+\.localhost:8080\/)/;
        const origin = routed.kind === 'elsewhere' ? config.ownOrigin(routed.ask) : undefined;
        const to = routed.kind === 'redirect' ? routed.location : undefined;
        const location = routed.kind === 'elsewhere' && origin !== undefined ? ownAddress(routed, origin) : to;
        if (location !== undefined && elsewhere.test(location)) wrong.push(url);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect([...kinds].toSorted()).toEqual(['elsewhere', 'error', 'ui', 'workspace']);
});

test('a target that is read once reads the same again, and so does its host name', () => {
  const wrong: string[] = [];
  let read = 0;
  for (const text of texts(2, 10_000)) {
    let target: ReturnType<typeof parseTargetText>;
    try {
      target = parseTargetText(text);
    } catch (error) {
      if (!(error instanceof GuildNetError)) wrong.push(text);
      continue;
    }
    read += 1;
    const { host, port = 80 } = target;
    if (parseTargetText(host.includes(':') ? `[${host}]` : host).host !== host) wrong.push(text);
    const name = loopbackName({ kind: 'target', host, port });
    const found = name === undefined ? undefined : parseLoopbackName(name);
    if (name !== undefined && (found?.kind !== 'target' || found.host !== host || found.port !== port))
      wrong.push(text);
  }
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(200);
});

test('a host name is one of ours or foreign, whatever it is', () => {
  const wrong: string[] = [];
  for (const text of texts(3, 5_000)) {
    for (const header of [
      text,
      `${text}.localhost:8080`,
      `3000--${text}.localhost:8080`,
      `80--${text}.to.localhost:8080`,
    ]) {
      const asked = askedHost(header, names);
      if (asked.kind === 'workspace' && !/^[a-z0-9._-]+\.localhost:8080$/.test(asked.authority)) wrong.push(header);
    }
  }
  expect(wrong).toEqual([]);
});
