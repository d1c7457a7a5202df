import { expect, test } from 'vitest';
import { proxyFor } from './proxy-choice.ts';

const https = 'http://p:3128';

test.each<[string, string, NodeJS.ProcessEnv, string | undefined]>([
  ['no proxy', 'https://c', {}, undefined],
  ['one for TLS', 'https://c', { HTTPS_PROXY: https }, 'http://p:3128/'],
  ['capitals first', 'https://c', { https_proxy: 'http://q:1', HTTPS_PROXY: https }, 'http://p:3128/'],
  ['capitals that say nothing', 'https://c', { https_proxy: 'http://q:1', HTTPS_PROXY: '' }, 'http://q:1/'],
  ['one for plain HTTP is none for TLS', 'https://c', { HTTP_PROXY: https }, undefined],
  ['one for plain HTTP', 'http://c', { HTTP_PROXY: https }, 'http://p:3128/'],
  [
    'one for plain HTTP that a client may have sent',
    'http://c',
    { HTTP_PROXY: https, REQUEST_METHOD: 'GET' },
    undefined,
  ],
  ['one without scheme', 'https://c', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128/'],
  ['one with credentials', 'https://c', { HTTPS_PROXY: 'http://u:w@p:3128' }, 'http://u:w@p:3128/'],
  ['SOCKS', 'https://c', { HTTPS_PROXY: 'socks5://p:1080' }, 'socks5://p:1080'],
  ['what is none', 'https://c', { HTTPS_PROXY: 'http://' }, undefined],
  ['localhost', 'https://localhost:6443', { HTTPS_PROXY: https }, undefined],
  ['loopback', 'https://127.1.2.3:6443', { HTTPS_PROXY: https }, undefined],
  ['loopback of IPv6', 'https://[::1]:6443', { HTTPS_PROXY: https }, undefined],
  ['a name below localhost', 'https://a.localhost', { HTTPS_PROXY: https }, 'http://p:3128/'],
])('%s', (_what, server, env, proxy) => {
  expect(proxyFor(new URL(server), env)?.href).toBe(proxy);
});

test.each<[string, string, boolean]>([
  ['*', 'https://c.example', true],
  ['c.example', 'https://c.example', true],
  ['c.example', 'https://a.c.example', true],
  ['c.example', 'https://ac.example', false],
  ['.c.example', 'https://a.c.example', true],
  ['.c.example', 'https://c.example', false],
  ['*.c.example', 'https://a.c.example', true],
  ['*.c.example', 'https://c.example', false],
  ['C.Example', 'https://c.example', true],
  ['other, c.example ,', 'https://c.example', true],
  ['c.example:6443', 'https://c.example:6443', true],
  ['c.example:6443', 'https://c.example', false],
  ['c.example:443', 'https://c.example', true],
  ['.c.example:443', 'https://a.c.example', true],
  ['bücher.example', 'https://bücher.example', true],
  ['10.1.2.3', 'https://10.1.2.3', true],
  ['10.1.2.3', 'https://10.1.2.30', false],
  ['10.1.2.3:6443', 'https://10.1.2.3:6443', true],
  ['10.1.2.3:6443', 'https://10.1.2.3', false],
  ['10.0.0.0/8', 'https://10.1.2.3', true],
  ['10.0.0.0/8', 'https://11.1.2.3', false],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['10.0.0.0/8', 'https://c.example', false],
  ['fd00::/8', 'https://[fd12::1]:6443', true],
  ['fd12::1', 'https://[fd12::1]', true],
  ['[fd12::1]:6443', 'https://[fd12::1]:6443', true],
  ['[fd12::1]:6443', 'https://[fd12::1]', false],
  ['1.2.3', 'https://10.1.2.3', false],
  [':6443', 'https://c.example:6443', false],
  ['', 'https://c.example', false],
])('NO_PROXY=%s for %s: %s', (exceptions, server, excepted) => {
  const env = { HTTPS_PROXY: https, NO_PROXY: exceptions };
  expect(proxyFor(new URL(server), env) === undefined).toBe(excepted);
});
