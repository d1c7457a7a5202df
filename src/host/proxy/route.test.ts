import { expect, test } from 'vitest';
import { askedHost } from '../access/host-names.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const names = { port: 8080, listenHost: '127.0.0.1', allowedHosts: ['box.example'] };

interface Row {
  host?: string;
  mode?: string;
  originMode?: 'host' | 'path';
}

function to(url: string, { host = 'localhost:8080', mode, originMode = 'host' }: Row = {}): Route {
  return route(
    { host: askedHost(host, names), url, fetchMode: mode },
    { originMode, workspaceOrigin: (id) => `https://${id}.localhost:8080` },
  );
}

const inPlace = (upstreamPath: string): Route => ({
  kind: 'workspace',
  id: 'cs-12345',
  upstreamPath,
  mode: 'path',
  prefix: '/proxy/server/cs-12345',
});
const ownOrigin = (upstreamPath: string): Route => ({
  kind: 'workspace',
  id: 'cs-12345',
  upstreamPath,
  mode: 'origin',
  prefix: '',
});
const workspaceHost = 'cs-12345.localhost:8080';

const rows: [string, Row, Route][] = [
  ['/', {}, { kind: 'ui' }],
  ['/workspaces/cs-12345', {}, { kind: 'ui' }],
  ['/apix', {}, { kind: 'ui' }],
  ['/proxyx', {}, { kind: 'ui' }],
  ['/api', {}, { kind: 'api' }],
  ['/api/servers?x=1', {}, { kind: 'api' }],
  ['/healthz', {}, { kind: 'api' }],
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
  ['/proxy?to=10.0.0.1:80', {}, 'unsupported'],
  ['/proxy/10.0.0.1:80/x', {}, 'unsupported'],
  ['/proxy/server/cs-12345/', { host: 'box.example:8080', mode: 'navigate' }, 'unsupported'],
  ['http://localhost:8080/api/servers', {}, 'not_found'],
  ['*', {}, 'not_found'],
];
test.each(refusals)('%s %o is refused with %s', (url, row, code) => {
  const routed = to(url, row);
  expect(routed.kind === 'error' ? routed.error.code : routed.kind).toBe(code);
});
