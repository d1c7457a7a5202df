import { expect, test } from 'vitest';
import { judgeProxies } from './proxy.ts';

const server = new URL('https://k8s.example:6443');

test.each<[what: string, env: NodeJS.ProcessEnv, found: [string, RegExp][]]>([
  ['none', {}, [['ok', /without a proxy/]]],
  ['one', { HTTPS_PROXY: 'http://proxy:3128' }, [['ok', /through the proxy proxy:3128/]]],
  ['a host and port alone', { https_proxy: 'proxy:3128' }, [['ok', /through the proxy proxy:3128/]]],
  ['an exception', { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.example' }, [['ok', /without a proxy/]]],
  [
    'nonsense',
    { HTTPS_PROXY: 'http://' },
    [
      ['error', /HTTPS_PROXY is not the address/],
      ['ok', /without/],
    ],
  ],
  [
    'a protocol that nobody speaks',
    { HTTP_PROXY: 'gopher://proxy' },
    [
      ['error', /HTTP_PROXY/],
      ['ok', /without/],
    ],
  ],
  [
    'two that differ',
    { HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:1' },
    [
      ['warning', /HTTPS_PROXY and https_proxy differ/],
      ['ok', /through the proxy a:1/],
    ],
  ],
])('%s', (_what, env, found) => {
  const findings = judgeProxies(env, server);
  expect(findings.map(({ state }) => state)).toEqual(found.map(([state]) => state));
  for (const [place, [, words]] of found.entries()) expect(findings[place]?.message).toMatch(words);
});

test('a password is not told', () => {
  const env = {
    HTTPS_PROXY: 'http://me:hunter2@proxy:3128',
    HTTP_PROXY: 'x://me:hunter2@proxy',
    https_proxy: 'http://hunter2',
  };
  expect(JSON.stringify(judgeProxies(env, server))).not.toContain('hunter2');
});

test('without a server only the variables are judged', () => {
  expect(judgeProxies({ HTTPS_PROXY: 'http://proxy:3128' }, undefined)).toEqual([]);
});
