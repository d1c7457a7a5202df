import { expect, test } from 'vitest';
import { proxyText } from './debug.ts';

test('the way of a request is told rule by rule, then where it goes and what is sent', () => {
  const text = proxyText({
    server: 'cs',
    path: '/x',
    rid: 'r',
    steps: [
      { rule: 'service', outcome: 'taken', why: 'Port 8080.' },
      { rule: 'pod', outcome: 'taken', why: 'Pod p.' },
    ],
    target: {
      transport: 'pod-proxy',
      losses: ['Upgrades are refused.'],
      scheme: 'http',
      port: 8080,
      namespace: 'ns',
      pod: 'p',
    },
    request: { method: 'GET', path: '/x', host: 'localhost:8080', added: [['X-A', 'b']], removed: ['Cookie', 'TE'] },
    redirect: 'https://cs.localhost:8080/x',
  });
  expect(text.split('\n')).toEqual([
    'service  taken  Port 8080.',
    'pod      taken  Pod p.',
    '',
    'goes to   pod ns/p, port 8080, http, by pod-proxy',
    'loses     Upgrades are refused.',
    'asks      GET /x',
    'Host      localhost:8080',
    'adds      X-A: b',
    'removes   Cookie, TE',
    'browsers  are sent on to https://cs.localhost:8080/x',
  ]);
});

test('a refusal stands at the end, with what to do', () => {
  const text = proxyText({
    server: '',
    path: '',
    rid: 'r',
    to: 'x:80',
    steps: [{ rule: 'place', outcome: 'refused', why: 'Unknown.' }],
    error: { code: 'forbidden', message: 'It is no target.', remedy: 'List it.' },
  });
  expect(text).toContain('refused  It is no target. (forbidden)\n         List it.');
});
