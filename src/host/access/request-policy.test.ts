import { describe, expect, test } from 'vitest';
import { askedHost } from './host-names.ts';
import type { HostNames } from './host-names.ts';
import { mayCallApi, mayReachWorkspace, mayUsePathForm } from './request-policy.ts';
import type { RequestFacts } from './request-policy.ts';

const names: HostNames = {
  port: 8080,
  listenHost: '127.0.0.1',
  frontendOrigin: 'https://front.example:5173',
  allowedHosts: ['forwarded.example', 'box:9000'],
};

describe('the Host header', () => {
  test.each([
    ['localhost:8080', 'control'],
    ['LOCALHOST:8080', 'control'],
    ['127.0.0.1:8080', 'control'],
    ['[::1]:8080', 'control'],
    ['front.example:5173', 'control'],
    ['forwarded.example:8080', 'control'],
    ['box:9000', 'control'],
    ['code-12345.localhost:8080', 'workspace'],
    // DNS rebinding: a stranger's name that resolves to us.
    ['evil.example:8080', 'foreign'],
    ['localhost.evil.example:8080', 'foreign'],
    ['127.0.0.1.evil.example:8080', 'foreign'],
    ['localhost', 'foreign'],
    ['localhost:8081', 'foreign'],
    ['code-12345.localhost', 'foreign'],
    ['a.b.localhost:8080', 'foreign'],
    ['.localhost:8080', 'foreign'],
    ['10.0.0.1:8080', 'foreign'],
    ['front.example:8080', 'foreign'],
    ['box:8080', 'foreign'],
    ['forwarded.example:1', 'foreign'],
    ['user@localhost:8080', 'foreign'],
    ['localhost:8080/x', 'foreign'],
    ['localhost:8080:1', 'foreign'],
    ['', 'foreign'],
    [undefined, 'foreign'],
  ])('%s is %s', (header, kind) => {
    expect(askedHost(header, names).kind).toBe(kind);
  });

  test('port 443 is left out by browsers', () => {
    const standard = { ...names, port: 443 };
    expect(askedHost('localhost', standard)).toEqual({ kind: 'control', authority: 'localhost', loopback: true });
    expect(askedHost('localhost:443', standard)).toMatchObject({ kind: 'control', authority: 'localhost' });
  });

  test('the address that we listen on is ours; with a wildcard any address is, and still no name', () => {
    expect(askedHost('10.0.0.1:8080', { ...names, listenHost: '10.0.0.1' })).toMatchObject({
      kind: 'control',
      loopback: false,
    });
    const wildcard = { ...names, listenHost: '0.0.0.0' };
    expect(askedHost('10.0.0.1:8080', wildcard)).toMatchObject({ kind: 'control', loopback: false });
    expect(askedHost('[fd00::1]:8080', wildcard).kind).toBe('control');
    expect(askedHost('10.0.0.1:8081', wildcard).kind).toBe('foreign');
    expect(askedHost('evil.example:8080', wildcard).kind).toBe('foreign');
  });
});

interface Row {
  host?: string;
  method?: string;
  origin?: string;
  site?: string;
  mode?: string;
  upgrade?: boolean;
}

function facts(row: Row): RequestFacts {
  return {
    method: row.method ?? 'GET',
    host: askedHost(row.host ?? 'localhost:8080', names),
    origin: row.origin,
    fetchSite: row.site,
    fetchMode: row.mode,
    upgrade: row.upgrade ?? false,
  };
}

const own = 'https://localhost:8080';
const workspace = 'https://code-12345.localhost:8080';
const frontend = 'https://front.example:5173';

describe('the API', () => {
  const allowed: [string, Row][] = [
    ['a program reads', {}],
    ['a program writes', { method: 'POST' }],
    ['a program deletes', { method: 'DELETE', host: '127.0.0.1:8080' }],
    ['our page reads without Origin', { site: 'same-origin' }],
    ['our page reads by EventSource', { origin: own, site: 'same-origin' }],
    ['our page writes', { method: 'POST', origin: own, site: 'same-origin' }],
    [
      'our page under another of our names',
      { method: 'POST', host: '[::1]:8080', origin: 'https://[::1]:8080', site: 'same-origin' },
    ],
    ['our page opens a WebSocket', { upgrade: true, origin: own }],
    ['an address typed', { site: 'none', mode: 'navigate' }],
    ['the frontend origin reads', { origin: frontend, site: 'cross-site' }],
    ['the frontend origin writes', { method: 'POST', origin: frontend, site: 'cross-site' }],
    ['the frontend origin asks first', { method: 'OPTIONS', origin: frontend, site: 'cross-site' }],
  ];
  test.each(allowed)('is open when %s', (_what, row) => {
    expect(mayCallApi(facts(row), frontend)).toMatchObject({ allowed: true });
  });

  const refused: [string, Row][] = [
    ['the name is a stranger (DNS rebinding)', { host: 'evil.example:8080' }],
    [
      'the name is a stranger, with its own origin',
      { host: 'evil.example:8080', origin: 'https://evil.example:8080', site: 'same-origin' },
    ],
    [
      'it is asked on a workspace origin',
      { host: 'code-12345.localhost:8080', origin: workspace, site: 'same-origin' },
    ],
    ['a workspace page reads', { origin: workspace, site: 'cross-site' }],
    ['a workspace page writes', { method: 'POST', origin: workspace, site: 'cross-site' }],
    ['a workspace page deletes', { method: 'DELETE', origin: workspace, site: 'cross-site' }],
    ['a workspace page asks first', { method: 'OPTIONS', origin: workspace, site: 'cross-site' }],
    ['a workspace page opens a WebSocket', { upgrade: true, origin: workspace }],
    ['a workspace page loads an image', { site: 'cross-site', mode: 'no-cors' }],
    ['a page on another port of our name', { method: 'POST', origin: 'https://localhost:3000', site: 'same-site' }],
    ['such a page loads an image', { site: 'same-site', mode: 'no-cors' }],
    ['a form of another site is sent', { method: 'POST', site: 'cross-site', mode: 'navigate' }],
    ['a form without Origin is sent by our name', { method: 'POST', site: 'same-origin' }],
    ['a sandboxed frame writes', { method: 'POST', origin: 'null', site: 'cross-site' }],
    ['our name with plain http', { method: 'POST', origin: 'http://localhost:8080' }],
    ['our origin, yet the browser says another', { method: 'POST', origin: own, site: 'cross-site' }],
    ['a link of another site leads here', { site: 'cross-site', mode: 'navigate' }],
  ];
  test.each(refused)('is shut when %s', (_what, row) => {
    const verdict = mayCallApi(facts(row), frontend);
    expect(verdict.allowed ? 'allowed' : verdict.error.code).toBe('forbidden');
  });

  test('CORS is for the frontend origin alone', () => {
    expect(mayCallApi(facts({ origin: frontend }), frontend)).toEqual({ allowed: true, corsOrigin: frontend });
    expect(mayCallApi(facts({ origin: own }), frontend)).toEqual({ allowed: true });
    expect(mayCallApi(facts({ origin: frontend }), undefined).allowed).toBe(false);
  });
});

describe("a workspace's origin", () => {
  const host = 'code-12345.localhost:8080';
  const rows: [string, boolean, Row][] = [
    ['its own page reads', true, { site: 'same-origin' }],
    ['its own page writes', true, { method: 'POST', origin: workspace, site: 'same-origin' }],
    ['its own page opens a WebSocket', true, { upgrade: true, origin: workspace }],
    [
      'its own page without referrer sends a form',
      true,
      { method: 'POST', origin: 'null', site: 'same-origin', mode: 'navigate' },
    ],
    ['a program opens a WebSocket', true, { upgrade: true }],
    ['a program writes', true, { method: 'POST' }],
    ['a link leads to it', true, { site: 'cross-site', mode: 'navigate' }],
    ['it is framed by the control page', true, { site: 'cross-site', mode: 'navigate' }],
    ['another site loads a script of it', true, { site: 'cross-site', mode: 'no-cors' }],
    ['another site opens a WebSocket', false, { upgrade: true, origin: 'https://evil.example' }],
    ['another workspace opens a WebSocket', false, { upgrade: true, origin: 'https://b.localhost:8080' }],
    ['the control page opens a WebSocket', false, { upgrade: true, origin: own }],
    ['another workspace writes', false, { method: 'POST', origin: 'https://b.localhost:8080', site: 'cross-site' }],
    [
      'another site sends a form',
      false,
      { method: 'POST', origin: 'https://evil.example', site: 'cross-site', mode: 'navigate' },
    ],
    ['a sandboxed frame writes', false, { method: 'PUT', origin: 'null', site: 'cross-site' }],
  ];
  test.each(rows)('%s: %s', (_what, expected, row) => {
    expect(mayReachWorkspace(facts({ host, ...row })).allowed).toBe(expected);
  });
});

describe('the path form', () => {
  const rows: [string, boolean, Row][] = [
    ['a program', true, { method: 'POST' }],
    ['a navigation from anywhere (it is redirected)', true, { site: 'cross-site', mode: 'navigate' }],
    ['our page', true, { method: 'POST', origin: own, site: 'same-origin' }],
    ['a workspace page', false, { method: 'POST', origin: workspace, site: 'cross-site' }],
    ['a WebSocket of a workspace page', false, { upgrade: true, origin: workspace }],
    ["a stranger's name", false, { host: 'evil.example:8080', mode: 'navigate' }],
  ];
  test.each(rows)('%s: %s', (_what, expected, row) => {
    expect(mayUsePathForm(facts(row), frontend).allowed).toBe(expected);
  });
});
