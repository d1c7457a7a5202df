import { describe, expect, test } from 'vitest';
import { rewriteLink, rewriteLocation, rewriteRefresh } from './location.ts';

const common = {
  ownHosts: ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', 'cs-12345', 'cs-12345.dev.svc', 'cs-12345-0', '10.1.2.3'],
  ownPorts: [3000, 80],
  originOfPort: () => undefined,
};
const origin = { ...common, publicOrigin: 'https://cs-12345.localhost:8080', prefix: '' };
const path = { ...common, publicOrigin: 'https://localhost:9999', prefix: '/proxy/server/cs-12345' };
const outer = origin.publicOrigin;
const inner = `${path.publicOrigin}${path.prefix}`;

test.each([
  // Paths, byte for byte.
  ['/login?to=%2F', '/login?to=%2F', '/proxy/server/cs-12345/login?to=%2F'],
  ['./login', './login', './login'],
  ['?x=1', '?x=1', '?x=1'],
  ['', '', ''],
  ['/proxy/server/cs-12345/x', '/proxy/server/cs-12345/x', '/proxy/server/cs-12345/x'],
  // The inner port under a name of its own.
  ['http://localhost:3000/a//b%2F?q', `${outer}/a//b%2F?q`, `${inner}/a//b%2F?q`],
  ['http://10.1.2.3:3000', `${outer}/`, `${inner}/`],
  ['http://127.0.0.1:3000?x', `${outer}/?x`, `${inner}/?x`],
  ['http://127.0.0.1:3000#x', `${outer}/#x`, `${inner}/#x`],
  ['//LOCALHOST:3000/x', `${outer}/x`, `${inner}/x`],
  ['http://cs-12345.dev.svc/x', `${outer}/x`, `${inner}/x`],
  ['http://cs-12345/x', `${outer}/x`, `${inner}/x`],
  ['//cs-12345-0/x', `${outer}/x`, `${inner}/x`],
  ['http://[::1]:3000/x', `${outer}/x`, `${inner}/x`],
  ['http://user:secret@localhost:3000/x', `${outer}/x`, `${inner}/x`],
  // As browsers read it.
  [String.raw`/\localhost:3000/x`, `${outer}/x`, `${inner}/x`],
  [String.raw`http:\\localhost:3000\x`, `${outer}\\x`, `${inner}\\x`],
  ['http:////localhost:3000/x', `${outer}/x`, `${inner}/x`],
  ['  http://localhost:3000/x', `${outer}/x`, `${inner}/x`],
  ['ht\ttp://localhost:3000/x', `${outer}/x`, `${inner}/x`],
  // Elsewhere.
  ['https://github.com/login', 'https://github.com/login', 'https://github.com/login'],
  ['http://localhost:4000/', 'http://localhost:4000/', 'http://localhost:4000/'],
  [
    'https://localhost:3000.evil.example/',
    'https://localhost:3000.evil.example/',
    'https://localhost:3000.evil.example/',
  ],
  ['https://localhost@evil.example/', 'https://localhost@evil.example/', 'https://localhost@evil.example/'],
  [
    'https://cs-12345.localhost.evil.example/',
    'https://cs-12345.localhost.evil.example/',
    'https://cs-12345.localhost.evil.example/',
  ],
  ['mailto:a@example.com', 'mailto:a@example.com', 'mailto:a@example.com'],
  ['http://', 'http://', 'http://'],
])('Location %s', (location, onOrigin, onPath) => {
  expect(rewriteLocation(location, origin)).toBe(onOrigin);
  expect(rewriteLocation(location, path)).toBe(onPath);
});

describe('the name that the browser asked by', () => {
  test.each([
    ['with the inner port', 'http://cs-12345.localhost:3000/dir/', `${outer}/dir/`],
    ['with ours and http', 'http://cs-12345.localhost:8080/x', `${outer}/x`],
    ['without a port', 'http://cs-12345.localhost/x', `${outer}/x`],
    ['without a port, with https', 'https://cs-12345.localhost/x', `${outer}/x`],
    ['without a scheme', '//cs-12345.localhost:3000/x', `${outer}/x`],
    ['in capitals', 'http://CS-12345.LocalHost:3000/x', `${outer}/x`],
    ['with a port of nobody', 'http://cs-12345.localhost:4000/x', 'http://cs-12345.localhost:4000/x'],
    ['of another workspace', 'https://b.localhost:8080/x', 'https://b.localhost:8080/x'],
  ])('%s', (_what, location, wanted) => {
    expect(rewriteLocation(location, origin)).toBe(wanted);
  });

  test('on the control origin only with a port that is meant, for others of localhost are other programs', () => {
    expect(rewriteLocation('https://localhost:9999/proxy/server/cs-12345/x', path)).toBe(`${inner}/x`);
    expect(rewriteLocation('http://localhost:3000/x', path)).toBe(`${inner}/x`);
    expect(rewriteLocation('https://localhost/x', path)).toBe('https://localhost/x');
  });

  test('another port of the workspace is that port’s origin', () => {
    const view = {
      ...origin,
      originOfPort: (port: number) => (port === 4000 ? 'https://4000--cs-12345.localhost:8080' : undefined),
    };
    for (const host of ['localhost', 'cs-12345.localhost', '10.1.2.3']) {
      expect(rewriteLocation(`http://${host}:4000/x`, view)).toBe('https://4000--cs-12345.localhost:8080/x');
    }
  });
});

test.each(['/x\r\nSet-Cookie: a=b', '/x\nb', '/x\u0000', 'http://localhost:3000/\r\n\r\n<script>', '\u007f'])(
  'a line break or a control character is no Location: %j',
  (location) => {
    expect(rewriteLocation(location, origin)).toBeUndefined();
    expect(rewriteRefresh(`0; url=${location}`, origin)).toBeUndefined();
    expect(rewriteLink(`<${location}>; rel=preload`, origin)).toBeUndefined();
  },
);

test.each([
  ['5', '5'],
  ['0; url=http://localhost:3000/x', `0; url=${outer}/x`],
  ['0;URL="http://localhost:3000/x"', `0;URL="${outer}/x"`],
  ['1, http://localhost:3000/x', `1, ${outer}/x`],
  ['0; url=https://example.com/', '0; url=https://example.com/'],
  ['0; url=', '0; url='],
])('Refresh %s', (refresh, wanted) => {
  expect(rewriteRefresh(refresh, origin)).toBe(wanted);
});

test.each([
  [
    '<http://localhost:3000/a.css>; rel=preload, </b.js>; rel=modulepreload',
    `<${inner}/a.css>; rel=preload, </proxy/server/cs-12345/b.js>; rel=modulepreload`,
  ],
  ['<https://cdn.example/x>; rel=preconnect', '<https://cdn.example/x>; rel=preconnect'],
])('Link %s', (link, wanted) => {
  expect(rewriteLink(link, path)).toBe(wanted);
});
