import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { askedHost } from '../access/host-names.ts';
import { loopbackName } from '../access/loopback-names.ts';
import type { ProxyAsk } from './forms/ask.ts';
import { ownAddress, route } from './route.ts';
import type { Route } from './route.ts';

const names = { port: 8080, listenHost: '127.0.0.1', allowedHosts: ['box.example'] };

interface Row {
  host?: string;
  mode?: string;
  originMode?: 'host' | 'path';
}

function originOf(ask: ProxyAsk): string | undefined {
  const name = loopbackName(ask);
  return name === undefined ? undefined : `https://${name}:8080`;
}

/** Where a request ends for somebody who may open all. */
function to(url: string, { host = 'localhost:8080', mode, originMode = 'host' }: Row = {}): Route {
  const routed = route({ host: askedHost(host, names), url, fetchMode: mode }, { originMode, ownOrigin: originOf });
  if (routed.kind !== 'elsewhere') return routed;
  try {
    return { kind: 'redirect', location: ownAddress(routed, originOf(routed.ask)) };
  } catch (error) {
    if (error instanceof GuildNetError) return { kind: 'error', error };
    throw error;
  }
}

const cs: ProxyAsk = { kind: 'server', id: 'cs-12345' };
const inPlace = (upstreamPath: string, ask = cs, prefix = '/proxy/server/cs-12345'): Route => ({
  kind: 'workspace',
  ask,
  id: 'cs-12345',
  upstreamPath,
  mode: 'path',
  prefix,
});
const ownOrigin = (upstreamPath: string, ask = cs): Route => ({
  kind: 'workspace',
  ask,
  id: 'cs-12345',
  upstreamPath,
  mode: 'origin',
  prefix: '',
});
const db: ProxyAsk = { kind: 'target', host: 'db', port: 80 };
const target = (upstreamPath: string, ask = db, prefix = '/proxy/db:80'): Route => ({
  kind: 'workspace',
  ask,
  id: 'db:80',
  upstreamPath,
  mode: 'path',
  prefix,
});
const workspaceHost = 'cs-12345.localhost:8080';

const rows: [string, Row, Route][] = [
  ['/', {}, { kind: 'ui' }],
  ['/workspaces/cs-12345', {}, { kind: 'ui' }],
  ['/apix', {}, { kind: 'ui' }],
  ['/proxyx', {}, { kind: 'ui' }],
  ['/api', {}, { kind: 'api' }],
  ['/api/docs', {}, { kind: 'ui' }],
  ['/api/docs?x', {}, { kind: 'ui' }],
  ['/api/docs/x', {}, { kind: 'api' }],
  ['/api/servers?x=1', {}, { kind: 'api' }],
  ['/healthz', {}, { kind: 'probe' }],
  ['/readyz', {}, { kind: 'probe' }],
  ['/livez?verbose', {}, { kind: 'probe' }],
  ['/healthzx', {}, { kind: 'ui' }],
  ['/sign-in?code=x', {}, { kind: 'entrance', door: 'sign-in' }],
  ['/sign-in/', {}, { kind: 'ui' }],
  ['/enter?to=x', {}, { kind: 'entrance', door: 'enter' }],
  ['/sse/logs', {}, { kind: 'api' }],
  ['/metrics', {}, { kind: 'metrics' }],
  ['/metrics?x', {}, { kind: 'metrics' }],
  ['/metricsx', {}, { kind: 'ui' }],
  ['/metrics/x', {}, { kind: 'ui' }],
  ['/metrics', { host: workspaceHost }, ownOrigin('/metrics')],

  // Programs are served in place, and every byte of the path and the query is kept.
  ['/proxy/server/cs-12345/', {}, inPlace('/')],
  ['/proxy/server/cs-12345//a%2Fb/../%7e;x=1?b=2&a=1&a=%20+', {}, inPlace('//a%2Fb/../%7e;x=1?b=2&a=1&a=%20+')],
  ['/proxy/server/cs-12345/?', {}, inPlace('/?')],
  ['/proxy/server/cs-12345/proxy/server/other/', {}, inPlace('/proxy/server/other/')],
  ['/proxy/server/cs-12345/x?to=10.0.0.1:80&path=/y', {}, inPlace('/x?to=10.0.0.1:80&path=/y')],
  ['/proxy/server/cs-12345/api/servers', { mode: 'cors' }, inPlace('/api/servers')],

  // A browser that navigates is sent to the workspace's own origin.
  [
    '/proxy/server/cs-12345/a//b%2F?q=%26',
    { mode: 'navigate' },
    { kind: 'redirect', location: 'https://cs-12345.localhost:8080/a//b%2F?q=%26' },
  ],
  ['/proxy/server/cs-12345/', { mode: 'navigate', originMode: 'path' }, inPlace('/')],
  ['/proxy/server/cs-12345', {}, { kind: 'redirect', location: '/proxy/server/cs-12345/' }],
  ['/proxy/server/cs-12345?x=1', { mode: 'navigate' }, { kind: 'redirect', location: '/proxy/server/cs-12345/?x=1' }],

  // Any port of it.
  ['/proxy/server/cs-12345:3000/x', {}, inPlace('/x', { ...cs, port: 3000 }, '/proxy/server/cs-12345:3000')],
  [
    '/proxy/server/https:cs-12345:9000/x',
    {},
    inPlace('/x', { ...cs, port: 9000, scheme: 'https' }, '/proxy/server/https:cs-12345:9000'),
  ],
  ['/proxy/server/cs-12345:3000', {}, { kind: 'redirect', location: '/proxy/server/cs-12345:3000/' }],
  [
    '/proxy/server/cs-12345:3000//x?a',
    { mode: 'navigate' },
    { kind: 'redirect', location: 'https://3000--cs-12345.localhost:8080//x?a' },
  ],
  ['/a//b?c', { host: '3000--cs-12345.localhost:8080' }, ownOrigin('/a//b?c', { ...cs, port: 3000 })],
  ['/', { host: '9000s--cs-12345.localhost:8080' }, ownOrigin('/', { ...cs, port: 9000, scheme: 'https' })],

  // Targets: by query at exactly /proxy, by path anywhere below it.
  ['/proxy?to=db:80', {}, target('/')],
  ['/proxy?path=/a//b%2F&to=db:80&c=%20', {}, target('/a//b%2F?c=%20')],
  ['/proxy?to=db:80&scheme=https', {}, target('/', { ...db, scheme: 'https' }, '/proxy/https:db:80')],
  ['/proxy/db:80/a//b%2F/../c?to=other:80&path=/x', {}, target('/a//b%2F/../c?to=other:80&path=/x')],
  ['/proxy/https:db:80/', {}, target('/', { ...db, scheme: 'https' }, '/proxy/https:db:80')],
  ['/proxy/DB:80/', {}, target('/', db, '/proxy/DB:80')],
  ['/proxy/db:80?x', {}, { kind: 'redirect', location: '/proxy/db:80/?x' }],
  [
    '/proxy/db:80/a//b?c',
    { mode: 'navigate' },
    { kind: 'redirect', location: 'https://80--db.to.localhost:8080/a//b?c' },
  ],
  [
    '/proxy?to=db:80&scheme=https&path=/x',
    { mode: 'navigate' },
    { kind: 'redirect', location: 'https://80s--db.to.localhost:8080/x' },
  ],
  ['/proxy?to=db:80&path=/x', { mode: 'navigate', originMode: 'path' }, target('/x')],
  ['/proxy?to=db:80', { host: workspaceHost }, ownOrigin('/proxy?to=db:80')],
  [
    '/x',
    { host: '80--db.to.localhost:8080' },
    { kind: 'workspace', ask: db, id: 'db:80', upstreamPath: '/x', mode: 'origin', prefix: '' },
  ],

  // On a workspace's origin everything is the workspace's.
  ['/', { host: workspaceHost }, ownOrigin('/')],
  ['/api/servers', { host: workspaceHost }, ownOrigin('/api/servers')],
  ['/healthz', { host: workspaceHost }, ownOrigin('/healthz')],
  ['/proxy/server/other/', { host: workspaceHost, mode: 'navigate' }, ownOrigin('/proxy/server/other/')],
  ['//x//%2e%2e?a', { host: workspaceHost }, ownOrigin('//x//%2e%2e?a')],
];
test.each(rows)('%s %o', (url, row, expected) => {
  expect(to(url, row)).toEqual(expected);
});

const refusals: [string, Row, string][] = [
  ['/', { host: 'evil.example:8080' }, 'forbidden'],
  ['/proxy/server/', {}, 'not_found'],
  ['/proxy/server/A_b/', {}, 'not_found'],
  ['/proxy/server/cs%2d12345/', {}, 'not_found'],
  ['/proxy/server/../x/', {}, 'not_found'],
  ['/proxy/server/cs-12345:0/', {}, 'bad_target'],
  ['/proxy/server/cs-12345:x/', {}, 'bad_target'],
  ['/proxy/server/cs-12345:80:90/', {}, 'bad_target'],
  ['/proxy/server/cs%00/', {}, 'not_found'],
  ['/proxy/server/cs%2f/', {}, 'not_found'],
  ['/proxy/server/cs\\/', {}, 'not_found'],
  ['/proxy', {}, 'bad_target'],
  ['/proxy?', {}, 'bad_target'],
  ['/proxy/', {}, 'bad_target'],
  ['/proxy/?to=db:80', {}, 'bad_target'],
  ['/proxy/db/', {}, 'bad_target'],
  ['/proxy/server', {}, 'bad_target'],
  ['/proxy/../db:80/', {}, 'bad_target'],
  ['/proxy/db%00:80/', {}, 'bad_target'],
  ['/proxy/db%2f:80/', {}, 'bad_target'],
  ['/proxy/\\:80/', {}, 'bad_target'],
  ['/proxy/db:80a/', {}, 'bad_target'],
  ['/proxy?to=http://db:80/', {}, 'bad_target'],
  ['/proxy?to=db:80&path=x', {}, 'bad_target'],
  [`/proxy/${'a'.repeat(60_000)}`, {}, 'bad_target'],
  [`/proxy/server/${'a'.repeat(60_000)}`, {}, 'not_found'],
  ['/proxy/[2001:db8::1]:80/', { mode: 'navigate' }, 'unsupported'],
  [`/proxy/server/${'w'.repeat(60)}:3000/`, { mode: 'navigate' }, 'unsupported'],
  ['/proxy/server/cs-12345/', { host: 'box.example:8080', mode: 'navigate' }, 'unsupported'],
  ['http://localhost:8080/api/servers', {}, 'not_found'],
  ['*', {}, 'not_found'],
];
test.each(refusals)('%s %o is refused with %s', (url, row, code) => {
  const routed = to(url, row);
  // However long what was asked for is, the reason is not.
  if (routed.kind === 'error') expect(routed.error.message.length).toBeLessThan(300);
  expect(routed.kind === 'error' ? routed.error.code : routed.kind).toBe(code);
});
