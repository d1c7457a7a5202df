import { describe, expect, test } from 'vitest';
import { askedHost } from './host-names.ts';
import type { OwnNames } from './host-names.ts';
import { mayCallApi, mayOpenTerminal, mayProbe, mayReachWorkspace, mayUsePathForm } from './request-policy.ts';
import { requestFacts } from './request-facts.ts';
import type { RequestFacts } from './request-facts.ts';

const names: OwnNames = {
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
  dest?: string;
  referer?: string;
  purpose?: string;
  agent?: string;
  accept?: string;
  upgrade?: boolean;
}

function facts(row: Row): RequestFacts {
  const headers = {
    host: row.host ?? 'localhost:8080',
    origin: row.origin,
    referer: row.referer,
    accept: row.accept,
    'user-agent': row.agent,
    'sec-fetch-site': row.site,
    'sec-fetch-mode': row.mode,
    'sec-fetch-dest': row.dest,
    'sec-purpose': row.purpose,
  };
  return requestFacts({ method: row.method ?? 'GET', headers, upgrade: row.upgrade ?? false }, names);
}

const own = 'https://localhost:8080';
const workspace = 'https://code-12345.localhost:8080';
const frontend = 'https://front.example:5173';

describe('whether it lives', () => {
  test.each<[string, Row, boolean]>([
    ['a program', {}, true],
    ['our page', { site: 'same-origin' }, true],
    ['a page of another host, which is told nothing by it', { site: 'same-site', mode: 'no-cors' }, true],
    ['a page of any site, which is told nothing either', { site: 'cross-site', mode: 'no-cors' }, true],
    ['a page that wants to read the answer', { site: 'cross-site', origin: 'https://evil.example' }, false],
    ['a page that sends something', { site: 'cross-site', method: 'POST' }, false],
    ['a page that opens a WebSocket', { site: 'cross-site', upgrade: true }, false],
    ['a name that is not ours', { host: 'evil.example:8080' }, false],
    ['a workspace’s name', { host: 'code-12345.localhost:8080', site: 'cross-site' }, false],
  ])('asks %s: %s', (_what, row, allowed) => {
    expect(mayProbe(facts(row), names.frontendOrigin).allowed).toBe(allowed);
  });
});

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
    [
      'a page has it fetched in advance, which is said to be typed',
      { site: 'none', mode: 'navigate', purpose: 'prefetch' },
    ],
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
  const other = 'https://b-54321.localhost:8080';
  const navigate = { site: 'cross-site', mode: 'navigate', dest: 'document' };
  const frame = { site: 'cross-site', mode: 'navigate', dest: 'iframe' };
  const part = { site: 'cross-site', mode: 'no-cors' };
  const rows: [string, boolean, Row][] = [
    // Programs.
    ['a program reads', true, {}],
    ['a program writes', true, { method: 'POST' }],
    ['a program opens a WebSocket', true, { upgrade: true }],
    ['a program that gives the mode of its fetch', true, { method: 'POST', mode: 'cors' }],
    // Its own pages.
    ['its own page reads', true, { site: 'same-origin' }],
    ['its own page reads by CORS', true, { site: 'same-origin', origin: workspace, mode: 'cors' }],
    ['its own page writes', true, { method: 'POST', origin: workspace, site: 'same-origin' }],
    ['its own page asks first', true, { method: 'OPTIONS', origin: workspace, site: 'same-origin' }],
    ['its own page opens a WebSocket', true, { upgrade: true, origin: workspace }],
    ['its own page registers a service worker', true, { site: 'same-origin', dest: 'serviceworker' }],
    ['its own page frames itself', true, { site: 'same-origin', mode: 'navigate', dest: 'iframe' }],
    [
      'its own page fetches in advance',
      true,
      { site: 'same-origin', mode: 'navigate', dest: 'document', purpose: 'prefetch' },
    ],
    [
      'its own page without referrer sends a form',
      true,
      { method: 'POST', origin: 'null', site: 'same-origin', mode: 'navigate' },
    ],
    ['an address is typed', true, { site: 'none', mode: 'navigate', dest: 'document' }],
    ['a form is sent again by hand', true, { site: 'none', mode: 'navigate', dest: 'document', method: 'POST' }],
    // Its own frames without an origin.
    ['its own sandboxed frame loads a script', true, { ...part, dest: 'script', referer: `${workspace}/notebook` }],
    [
      'its own sandboxed frame reads by CORS',
      true,
      { origin: 'null', site: 'cross-site', mode: 'cors', referer: `${workspace}/` },
    ],
    ['its own sandboxed frame goes on to a page', true, { ...frame, referer: `${workspace}/` }],
    [
      'its own sandboxed frame writes',
      false,
      { method: 'PUT', origin: 'null', site: 'cross-site', referer: `${workspace}/` },
    ],
    ['its own sandboxed frame opens a WebSocket', false, { upgrade: true, origin: 'null' }],
    // Links.
    ['a link leads to it', true, navigate],
    ['a link of a page that says whose it is', true, { ...navigate, referer: 'https://evil.example/' }],
    ['a link of another workspace', true, { ...navigate, referer: `${other}/` }],
    ['a link, before Sec-Fetch-Dest', true, { site: 'cross-site', mode: 'navigate' }],
    ['a link of another of its ports', true, { ...navigate, site: 'same-site' }],
    ['a link, asked for in advance', false, { ...navigate, purpose: 'prefetch' }],
    [
      'a page of another site has it fetched in advance, which is said to be typed',
      false,
      { ...navigate, site: 'none', purpose: 'prefetch', referer: `${other}/` },
    ],
    ['a link, drawn in advance', false, { ...navigate, purpose: 'prefetch;prerender' }],
    // Frames.
    ['the control page frames it', true, { ...frame, referer: `${own}/` }],
    ['the control page frames it, by another name of it', true, { ...frame, referer: 'https://127.0.0.1:8080/' }],
    ['the frontend frames it', true, { ...frame, referer: `${frontend}/` }],
    ['another site frames it', false, { ...frame, referer: 'https://evil.example/' }],
    ['another site frames it and does not say who it is', false, frame],
    ['another site frames it by plain http', false, { ...frame, referer: 'http://localhost:8080/' }],
    ['another workspace frames it', false, { ...frame, referer: `${other}/` }],
    ['a page on another port of our name frames it', false, { ...frame, referer: 'https://localhost:3000/' }],
    ['the control page embeds it', false, { ...frame, dest: 'embed', referer: `${own}/` }],
    ['another site embeds it', false, { ...frame, dest: 'embed' }],
    ['another site makes an object of it', false, { ...frame, dest: 'object' }],
    ['another site puts it in a fenced frame', false, { ...frame, dest: 'fencedframe' }],
    ['another site makes a frameset of it', false, { ...frame, dest: 'frame' }],
    // Parts.
    ...[
      'script',
      'style',
      'image',
      'font',
      'audio',
      'video',
      'track',
      'worker',
      'sharedworker',
      'manifest',
      'empty',
      'xslt',
    ].map((dest): [string, boolean, Row] => [`another site loads it as ${dest}`, false, { ...part, dest }]),
    ['another port of our name loads a part of it', false, { ...part, site: 'same-site', dest: 'script' }],
    ['the control page loads a part of it', false, { ...part, dest: 'image', referer: `${own}/` }],
    ['another site fetches it in advance', false, { ...part, dest: 'empty', purpose: 'prefetch' }],
    // Calls.
    ['another workspace reads by CORS', false, { origin: other, site: 'cross-site', mode: 'cors' }],
    ['another site reads by CORS', false, { origin: 'https://evil.example', site: 'cross-site', mode: 'cors' }],
    ['another site reads by CORS, in a browser before Sec-Fetch', false, { origin: 'https://evil.example' }],
    ['another site without an origin reads by CORS', false, { origin: 'null', site: 'cross-site', mode: 'cors' }],
    ['the control page reads by CORS', false, { origin: own, site: 'cross-site', mode: 'cors' }],
    ['another workspace asks first', false, { method: 'OPTIONS', origin: other, site: 'cross-site', mode: 'cors' }],
    ['another workspace writes', false, { method: 'POST', origin: other, site: 'cross-site' }],
    [
      'another workspace writes in the name of one that begins alike',
      false,
      { method: 'POST', origin: `${workspace}0`, site: 'cross-site' },
    ],
    ['another site sends a form', false, { ...navigate, method: 'POST', origin: 'https://evil.example' }],
    ['another site sends a form without an origin', false, { ...navigate, method: 'POST', origin: 'null' }],
    ['another site sends a ping', false, { ...part, method: 'POST', dest: 'empty', origin: 'https://evil.example' }],
    ['a sandboxed frame writes', false, { method: 'PUT', origin: 'null', site: 'cross-site' }],
    ['its own name without TLS writes', false, { method: 'POST', origin: 'http://code-12345.localhost:8080' }],
    // WebSockets.
    ['another site opens a WebSocket', false, { upgrade: true, origin: 'https://evil.example' }],
    ['another workspace opens a WebSocket', false, { upgrade: true, origin: other }],
    ['the control page opens a WebSocket', false, { upgrade: true, origin: own }],
    ['another port of our name opens a WebSocket', false, { upgrade: true, origin: 'https://localhost:3000' }],
    // Names.
    ['a stranger’s name', false, { host: 'evil.example:8080' }],
  ];
  test.each(rows)('%s: %s', (_what, expected, row) => {
    expect(mayReachWorkspace(facts({ host, ...row })).allowed).toBe(expected);
  });
});

describe('the path form', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:80.0) Gecko/20100101 Firefox/80.0';
  const rows: [string, boolean, boolean, Row][] = [
    ['a program', true, true, { method: 'POST' }],
    ['a program that gives the mode of its fetch', true, true, { mode: 'cors' }],
    ['a navigation', false, true, { site: 'cross-site', mode: 'navigate' }],
    ['our page', false, true, { method: 'POST', origin: own, site: 'same-origin' }],
    ['a script of our page', false, true, { site: 'same-origin', mode: 'no-cors', dest: 'script' }],
    ['a worker of our page', false, true, { site: 'same-origin', dest: 'serviceworker' }],
    ['a browser before Sec-Fetch', false, true, { agent: firefox, accept: '*/*' }],
    ['a page of such a browser', false, true, { agent: firefox, accept: 'text/html,*/*;q=0.8' }],
    ['a workspace page', false, false, { method: 'POST', origin: workspace, site: 'cross-site' }],
    ['a WebSocket of a workspace page', false, false, { upgrade: true, origin: workspace }],
    ["a stranger's name", false, false, { host: 'evil.example:8080', mode: 'navigate' }],
  ];
  test.each(rows)('%s: %s, and %s where the origin is shared', (_what, apart, shared, row) => {
    expect(mayUsePathForm(facts(row), { frontendOrigin: frontend, sharedOrigin: false }).allowed).toBe(apart);
    expect(mayUsePathForm(facts(row), { frontendOrigin: frontend, sharedOrigin: true }).allowed).toBe(shared);
  });

  test('a browser before Sec-Fetch that asks for a page navigates', () => {
    expect(facts({ agent: firefox, accept: 'text/html,*/*;q=0.8' }).fetchMode).toBe('navigate');
    expect(facts({ agent: firefox, accept: '*/*' }).fetchMode).toBeUndefined();
    expect(facts({ agent: 'curl/8', accept: 'text/html' }).fetchMode).toBeUndefined();
  });
});

describe('a terminal', () => {
  const control = 'localhost:8080';
  const own = 'https://localhost:8080';
  const foreign = 'https://code-12345.localhost:8080';
  test.each([
    { what: 'a program', host: control, origin: undefined, sharedOrigin: false, allowed: true },
    { what: 'our own page', host: control, origin: own, sharedOrigin: false, allowed: true },
    {
      what: 'the page of FRONTEND_ORIGIN',
      host: control,
      origin: names.frontendOrigin,
      sharedOrigin: false,
      allowed: true,
    },
    { what: "a workspace's page", host: control, origin: foreign, sharedOrigin: false, allowed: false },
    {
      what: "a page without an origin, such as a workspace's in a sandbox",
      host: control,
      origin: 'null',
      sharedOrigin: false,
      allowed: false,
    },
    {
      what: 'a page of another port',
      host: control,
      origin: 'https://localhost:3000',
      sharedOrigin: false,
      allowed: false,
    },
    {
      what: 'our origin over plain http',
      host: control,
      origin: 'http://localhost:8080',
      sharedOrigin: false,
      allowed: false,
    },
    {
      what: 'a name that is not ours',
      host: 'evil.example:8080',
      origin: undefined,
      sharedOrigin: false,
      allowed: false,
    },
    {
      what: "a workspace's name",
      host: 'code-12345.localhost:8080',
      origin: foreign,
      sharedOrigin: false,
      allowed: false,
    },
    // There the page may be a workspace's.
    { what: 'a page of the shared origin', host: control, origin: own, sharedOrigin: true, allowed: false },
    {
      what: 'a program, where the origin is shared',
      host: control,
      origin: undefined,
      sharedOrigin: true,
      allowed: true,
    },
  ])('$what: $allowed', ({ host, origin, sharedOrigin, allowed }) => {
    const headers = { host, ...(origin === undefined ? {} : { origin, 'user-agent': 'Mozilla/5.0' }) };
    const asked = requestFacts({ method: 'GET', headers, upgrade: true }, names);
    expect(mayOpenTerminal(asked, { frontendOrigin: names.frontendOrigin, sharedOrigin }).allowed).toBe(allowed);
  });
});
